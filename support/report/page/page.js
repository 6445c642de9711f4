"use strict";
// Everything can be read without this: it copies, opens what an address leads to, and opens for print all details but of what passes.
function openTo() {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!at) return;
  for (let e = at; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  at.scrollIntoView();
}
addEventListener("hashchange", openTo);

async function copy(button) {
  const text = button.parentElement.querySelector("pre").textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch { // an older browser, or one that lets no file do that
    const range = document.createRange();
    range.selectNodeContents(button.parentElement.querySelector("pre"));
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    document.execCommand("copy");
  }
  const before = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = before; }, 1500);
}
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

// A text filters what failed, is open and passes; what matches is unfolded.
const filter = document.getElementById("text");
if (filter) {
  const parts = [...document.querySelectorAll(".finding, .open li li, .call > ul > li")];
  const apply = () => {
    const wanted = filter.value.trim().toLowerCase();
    let found = 0;
    for (const part of parts) {
      part.hidden = wanted !== "" && !part.textContent.toLowerCase().includes(wanted);
      if (!part.hidden) found++;
    }
    for (const fold of document.querySelectorAll(".open > li > details, .call")) {
      fold.hidden = fold.querySelector(":scope > ul > li:not([hidden])") === null;
      fold.open = wanted !== "" && !fold.hidden;
    }
    const count = document.getElementById("count");
    count.textContent = wanted === "" ? "" : count.dataset.says.replace("#", found);
  };
  document.getElementById("filter").hidden = false;
  filter.addEventListener("input", apply);
}

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")].filter((details) => details.closest("#passed") === null);
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});

if (location.hash.length > 1) openTo();
