"""Prints what junitparser makes of the JUnit file that is named, or, of two files, whether the schema accepts the XML."""
import json
import sys

if len(sys.argv) == 3:
    import xmlschema

    schema = xmlschema.XMLSchema(sys.argv[1])
    refused = []
    for name, text in json.load(open(sys.argv[2])).items():
        try:
            schema.validate(text)
        except Exception as error:
            refused.append(name)
    print(json.dumps(refused))
else:
    import junitparser

    suites = []
    for suite in junitparser.JUnitXml.fromfile(sys.argv[1]):
        cases = []
        for case in suite:
            result = case.result[0] if case.result else None
            status = "FAIL" if case.is_failure else "SKIP" if case.is_skipped else "PASS"
            cases.append({"name": case.name, "class": case.classname, "status": status, "text": result.message if result else "",
                          "attachments": [case.system_out] if case.system_out else []})
        suites.append({"name": suite.name, "failed": suite.failures, "skipped": suite.skipped, "cases": cases})
    print(json.dumps(suites))
