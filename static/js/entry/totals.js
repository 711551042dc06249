// Running totals. The server's own stand there again after every save.
"use strict";

function sumUp() {
  for (const cell of form.querySelectorAll("[data-sum]")) {
    const parts = cell.dataset.sum.split(" ").filter((slug) => rows.has(slug));
    if (parts.length !== cell.dataset.sum.split(" ").length) continue; // others enter the rest: only the server knows it
    const counts = parts.map((slug) => (stuck.has(slug) ? null : numberIn(field(slug, "count").value)));
    const known = counts.filter((each) => each !== null);
    const missing = counts.length - known.length;
    const sum = known.reduce((total, each) => total + each, 0).toLocaleString("en-GB").replace("-", "−");
    cell.textContent = known.length ? `${sum}${missing ? " [partial]" : ""}` : "–";
    const words = cell.parentElement.querySelector("[data-sum-words]");
    if (words) words.textContent = missing ? `${missing} of ${counts.length} parts missing` : "the sum of the above";
  }
}

sumUp();
