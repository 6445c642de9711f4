"use strict";
// Everything can be read without this: it filters, and opens all details for print.
const form = document.getElementById("filters");
const specs = [...document.querySelectorAll(".spec")].map((element) => {
  const clause = element.closest(".clause");
  const page = element.closest(".page");
  return { element, clause, page, verdict: element.dataset.verdict, tier: clause.dataset.tier };
});
const rows = document.querySelectorAll("tr[data-clause]");

// words are what the text filter looks in, made when first asked for.
function words(spec) {
  spec.words ??= [spec.page.querySelector("h3").textContent, spec.clause.querySelector(".says").textContent,
    spec.clause.dataset.clause, spec.element.textContent].join("\n").toLowerCase();
  return spec.words;
}

// chosen is the page that the address leads to, or null.
function chosen() {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  return at ? at.closest(".page") : null;
}

function apply() {
  const data = new FormData(form);
  const verdicts = data.getAll("verdict");
  const tiers = data.getAll("tier");
  const text = data.get("text").trim().toLowerCase();
  const only = chosen();
  const filtered = verdicts.length > 0 || tiers.length > 0 || text !== "";
  const clauses = new Set();
  let shown = 0;
  let all = 0;
  for (const spec of specs) {
    const matches = (verdicts.length === 0 || verdicts.includes(spec.verdict)) &&
      (tiers.length === 0 || tiers.includes(spec.tier)) && (text === "" || words(spec).includes(text));
    spec.element.hidden = !matches;
    if (matches) clauses.add(spec.clause.dataset.clause);
    if (only === null || only === spec.page) {
      all++;
      if (matches) shown++;
    }
  }
  for (const kind of [".clause", "div.call"]) {
    for (const part of document.querySelectorAll(kind)) part.hidden = part.querySelector(".spec:not([hidden])") === null;
  }
  for (const page of document.querySelectorAll(".page")) {
    const empty = filtered && page.querySelector(".spec:not([hidden])") === null;
    page.hidden = empty && page !== only;
    page.querySelector(".none").hidden = !empty;
  }
  for (const row of rows) row.hidden = filtered && !clauses.has(row.dataset.clause);
  for (const head of document.querySelectorAll("tr.call")) head.hidden = head.parentElement.querySelector("tr[data-clause]:not([hidden])") === null;
  document.getElementById("count").textContent = shown + " of " + all + " specs shown" +
    (only === null ? "" : " of this target");
}

// follow shows what the address leads to, also where a filter hid it, and opens it.
function follow() {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (at && at.matches(".spec")) {
    if (at.hidden) form.reset();
    at.querySelector("details").open = true;
  }
  apply();
  if (at) at.scrollIntoView();
}

let waiting;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(apply, 150);
});
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", follow);

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});

form.hidden = false;
if (location.hash.length > 1) follow();
else apply();
