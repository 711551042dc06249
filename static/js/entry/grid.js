// The entry grid: its rows, boxes and words. What is built on it: keys.js, totals.js, autosave.js and paste.js. Without
// these scripts the same form works with its button.
"use strict";

const form = document.querySelector("[data-entry]");
const rows = new Map([...form.querySelectorAll("[data-row]")].map((each) => [each.dataset.row, each]));
const boxes = [...rows.values()].map((row) => row.querySelector(".app-entry__count"));
const status = form.querySelector("[data-status]");

const fields = (slug) => [...form.elements].filter((each) => each.name.startsWith(`${slug}-`));
const field = (slug, name) => form.elements[`${slug}-${name}`];
const say = (words) => { if (status.textContent !== words) status.textContent = words; };

const changed = new Set(); // rows typed into and not yet saved
const stuck = new Set(); // rows with an error or a newer figure of somebody else, until they are typed into again

// A count as it may be typed; null where it is none. The server decides: this only adds up meanwhile.
function numberIn(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/g, "-").replace(/(\d)\.0{1,2}$/, "$1");
  return /^-?(\d+|\d{1,3}(,\d{3})+)$/.test(plain) ? Number(plain.replaceAll(",", "")) : null;
}

function element(name, look, words) {
  const made = document.createElement(name);
  made.className = look;
  made.textContent = words;
  return made;
}
