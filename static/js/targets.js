// A target typed as a percentage shows its count and the other way round, as the server will work them out: exactly,
// rounded half up. The server's own stand there after saving.
"use strict";

const form = document.querySelector("[data-targets]");
const rounding = form.querySelector("[data-rounding]");

function whole(text) {
  const plain = text.trim().replaceAll(",", "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

// In hundredths of a per cent, so that nothing is lost to fractions.
function hundredths(text) {
  const plain = text.trim().replace(/\s*%$/, "").replace(/^[\u2212\u2013]\s*/, "-");
  return /^-?\d{1,4}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}

function derive(slug, changed) {
  const field = (name) => form.elements[`${slug}-${name}`];
  const baseline = whole(field("baseline").value);
  if (!baseline) return;
  rounding.textContent = "";
  if (changed === "target") {
    const target = whole(field("target").value);
    if (target === null) return;
    const tenths = (baseline - target) * 1000 / baseline;
    const rounded = Math.sign(tenths) * Math.floor(Math.abs(tenths) + 0.5) / 10;
    field("percent").value = String(rounded === 0 ? 0 : rounded).replace("-", "−");
    return;
  }
  const share = hundredths(field("percent").value);
  if (share === null || share > 10000) return;
  const product = baseline * (10000 - share); // an exact integer: at most 10^9 × 10^6
  const count = Math.floor(product / 10000 + 0.5);
  field("target").value = count.toLocaleString("en-GB");
  if (product % 10000) {
    const exact = (product / 10000).toLocaleString("en-GB", { maximumFractionDigits: 4 });
    const typed = field("percent").value.trim().replace(/\s*%$/, "");
    rounding.textContent = `${baseline.toLocaleString("en-GB")} less ${typed}% is ${exact}, so ${count.toLocaleString("en-GB")}.`;
  }
}

form.addEventListener("input", (event) => {
  const [, slug, name] = event.target.name.match(/^(.*)-(percent|target|baseline)$/) ?? [];
  if (slug) derive(slug, name === "target" ? "target" : "percent");
});
