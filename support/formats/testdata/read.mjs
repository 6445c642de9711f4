// Prints what two readers of JUnit make of the file that is named.
import { readFileSync } from "node:fs";
import parser from "test-results-parser";
import { parse } from "junit2json";

const file = process.argv[2];
const read = parser.parse({ type: "junit", files: [file] });
const seen = await parse(readFileSync(file, "utf8"));
console.log(JSON.stringify({
  parser: read.suites.map((s) => ({
    name: s.name, passed: s.passed, failed: s.failed, skipped: s.skipped,
    cases: s.cases.map((c) => ({ name: c.name, status: c.status, text: c.failure, attachments: c.attachments.map((a) => a.path) })),
  })),
  junit2json: seen.testsuite.map((s) => ({
    name: s.name,
    cases: s.testcase.map((c) => ({
      name: c.name, class: c.classname, status: c.failure ? "FAIL" : c.skipped ? "SKIP" : "PASS",
      text: (c.failure ?? c.skipped ?? [{}])[0].message ?? "", attachments: c["system-out"] ?? [],
    })),
  })),
}));
