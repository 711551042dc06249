// The entry grid, made quicker: keys down the column, paste from a spreadsheet, running totals, drafts that save
// themselves. Without this script the same form works with its button.
"use strict";

const PAUSE = 1200; // milliseconds of rest before what was typed is saved
const PATIENCE = 20000; // milliseconds until a save is given up
const AGAIN = 8000; // milliseconds until a save that did not arrive is tried again

const form = document.querySelector("[data-entry]");
const rows = new Map([...form.querySelectorAll("[data-row]")].map((each) => [each.dataset.row, each]));
const boxes = [...rows.values()].map((row) => row.querySelector(".app-entry__count"));
const status = form.querySelector("[data-status]");

const fields = (slug) => [...form.elements].filter((each) => each.name.startsWith(`${slug}-`));
const field = (slug, name) => form.elements[`${slug}-${name}`];
const say = (words) => { if (status.textContent !== words) status.textContent = words; };

// Keys: Enter and the arrows go down and up the column. ----------------------------------------------------------

function go(box, steps) {
  const next = boxes[boxes.indexOf(box) + steps];
  if (next) {
    next.focus();
    next.select();
  }
}

for (const box of boxes) {
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    go(box, steps);
  });
}

const changed = new Set(); // rows typed into and not yet saved
const stuck = new Set(); // rows with an error or a newer figure of somebody else, until they are typed into again

// Running totals. The server's own stand there again after every save. -----------------------------------------------

function numberIn(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/g, "-").replace(/(\d)\.0{1,2}$/, "$1");
  return /^-?(\d+|\d{1,3}(,\d{3})+)$/.test(plain) ? Number(plain.replaceAll(",", "")) : null;
}

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

// Drafts save themselves. ----------------------------------------------------------------------------------------

let timer, sending, retry, signedOut;

function mark(slug) {
  changed.add(slug);
  stuck.delete(slug);
  sumUp();
  schedule(PAUSE);
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

function snapshot(slugs) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("token", newToken());
  for (const slug of slugs) {
    for (const each of fields(slug)) {
      if (["checkbox", "radio"].includes(each.type) ? each.checked : true) data.set(each.name, each.value);
    }
  }
  return data;
}

function newToken() {
  // Not crypto.randomUUID, which pages without https do not have.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}

function save() {
  if (sending) return sending;
  // What broke off is sent again as it was, with its token: if it did arrive, it is not done twice.
  const sent = retry ?? { slugs: [...changed].filter((slug) => !stuck.has(slug) && !isBeingRetyped(slug)) };
  if (!sent.slugs.length) return Promise.resolve();
  if (!retry) {
    sent.data = snapshot(sent.slugs);
    sent.slugs.forEach((slug) => changed.delete(slug));
  }
  say("Saving…");
  sending = send(sent).finally(() => { sending = undefined; });
  return sending;
}

// A box that was emptied and still has the focus is about to get another number.
function isBeingRetyped(slug) {
  const box = field(slug, "count");
  return box === document.activeElement && !box.value.trim() && !field(slug, "missing")?.value;
}

async function send(sent) {
  let answer;
  try {
    if (signedOut) await renew(sent);
    const response = await fetch(form.action, {
      method: "POST", body: sent.data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.redirected || response.status === 403) throw new Error("signed-out");
    if (response.status >= 400 && response.status !== 503) throw new Error("refused");
    if (!response.ok) throw new Error("away");
    answer = await response.json();
  } catch (error) {
    if (error.message === "refused") {
      retry = undefined;
      sent.slugs.forEach((slug) => { changed.add(slug); stuck.add(slug); });
      say("Not saved: something went wrong. Press Save, and tell an administrator if it happens again.");
      return;
    }
    retry = sent;
    signedOut = error.message === "signed-out";
    say(signedOut
      ? "Not saved: you are signed out. Sign in in another window and leave this page open: it goes on by itself."
      : "Not saved: the server cannot be reached. It is tried again; leave this page open.");
    schedule(AGAIN);
    return;
  }
  retry = undefined;
  take(answer, sent.slugs);
  if ([...changed].some((slug) => !stuck.has(slug))) schedule(PAUSE);
}

// Who signs in again gets another token against forgery: it is fetched, so that what was typed can still be sent.
async function renew(sent) {
  const response = await fetch(form.action, { signal: AbortSignal.timeout(PATIENCE) });
  if (response.redirected || !response.ok) throw new Error("signed-out");
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector("[data-entry] [name=csrfmiddlewaretoken]")?.value;
  if (!token) throw new Error("signed-out");
  form.elements.csrfmiddlewaretoken.value = token;
  sent.data.set("csrfmiddlewaretoken", token);
  signedOut = false;
}

function take(answer, slugs) {
  if (answer.refusal) {
    slugs.forEach((slug) => { changed.add(slug); stuck.add(slug); });
    say(`Not saved: ${answer.refusal}`);
    return;
  }
  for (const [slug, said] of Object.entries(answer.rows)) {
    if (!rows.has(slug)) continue; // a total that others are asked about
    // What was typed while this was under way is saved by the next one; only the version is taken.
    const isTypedAgain = changed.has(slug);
    if (said.version !== undefined) {
      field(slug, "version").value = said.version;
      rows.get(slug)?.querySelector("[data-conflict]")?.remove();
    }
    if (isTypedAgain) continue;
    if (said.newer) adopt(slug, said.newer);
    if (said.error || said.conflict) {
      changed.add(slug);
      stuck.add(slug);
    }
    show(slug, said);
  }
  sumUp();
  form.parentElement.querySelector("[data-saved]")?.replaceChildren(`Saved at ${answer.at} by you`);
  const attention = form.parentElement.querySelector("[data-attention]");
  if (attention) attention.textContent = answer.attention;
  // The state of the whole page, not of this save alone: what was refused before is still not saved.
  const unsaved = stuck.size;
  say(unsaved
    ? `${unsaved === 1 ? "One figure is" : `${unsaved} figures are`} not saved: see beside ${unsaved === 1 ? "it" : "them"}. The others are, at ${answer.at}.`
    : `Saved at ${answer.at}.`);
}

// Somebody else's newer figure that this person did not touch, or chose to keep, takes its place in the boxes.
function adopt(slug, newer) {
  field(slug, "version").value = newer.version;
  field(slug, "count").value = newer.count;
  if (field(slug, "missing")) field(slug, "missing").value = newer.missing;
  if (field(slug, "note")) field(slug, "note").value = newer.note;
  if (field(slug, "provisional")) field(slug, "provisional").checked = newer.provisional;
  rows.get(slug).querySelector("[data-conflict]")?.remove();
}

function show(slug, said) {
  const place = form.querySelector(`[data-said="${slug}"]`);
  const box = field(slug, "count");
  place.replaceChildren();
  box.classList.toggle("govuk-input--error", Boolean(said.error));
  box.toggleAttribute("aria-invalid", Boolean(said.error));
  if (said.error) {
    place.append(element("span", "app-entry__error", said.error));
  } else if (said.conflict) {
    place.append(question([`${said.conflict} saved another figure meanwhile. Press “Save” to see both and choose.`]));
  } else if (said.questions?.length) {
    place.append(question(said.questions));
  }
  const confirmed = form.querySelector(`[data-confirmed="${slug}"]`);
  if (confirmed) {
    const tick = confirmed.querySelector("input");
    confirmed.hidden = !said.questions?.length && !tick.checked;
    // It is this number that is said to be right, and no other.
    tick.value = said.count ?? tick.value;
    tick.nextSibling.textContent = ` Yes, ${tick.value} is right`;
  }
}

function element(name, look, words) {
  const made = document.createElement(name);
  made.className = look;
  made.textContent = words;
  return made;
}

function question(sentences) {
  const made = element("div", "app-question", "");
  sentences.forEach((sentence) => made.append(element("p", "", sentence)));
  return made;
}

for (const [slug] of rows) {
  for (const each of fields(slug)) each.addEventListener("input", () => mark(slug));
  field(slug, "count").addEventListener("blur", () => { if (changed.has(slug)) schedule(PAUSE); });
  // A figure that is changed is no longer the one that was said to be right.
  const confirmed = field(slug, "confirmed");
  if (confirmed) field(slug, "count").addEventListener("input", () => { confirmed.checked = false; });
}

let leaving = false;
form.addEventListener("submit", async (event) => {
  if (sending || retry) {
    // Wait for the answer: it brings the versions that this form is to be saved with. Without one the page stays.
    event.preventDefault();
    const { submitter } = event;
    await (sending ?? save());
    if (!retry) form.requestSubmit(submitter);
    return;
  }
  form.elements.token.value = newToken();
  clearTimeout(timer);
  leaving = true;
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && (changed.size || sending || retry)) event.preventDefault();
});
// Back from the next page, the browser may show this one as it was left.
window.addEventListener("pageshow", (event) => {
  leaving = false;
  if (event.persisted) window.location.reload();
});

// A pasted block is read on the server, which shows what goes where before anything changes. --------------------------

const reader = document.querySelector("[data-paste]");

async function readOnServer(text) {
  // What was typed before is saved first: the reading is shown on a page of its own.
  clearTimeout(timer);
  if (sending) await sending;
  await save();
  if (retry || stuck.size) {
    say("What you pasted was not read yet: first put right what is not saved, then paste again.");
    return;
  }
  reader.elements.text.value = text;
  leaving = true;
  reader.submit();
}

for (const box of boxes) {
  box.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (!/[\t\n\r]/.test(text.trim())) return; // one figure: the browser's own pasting is right
    event.preventDefault();
    readOnServer(text);
  });
}

sumUp();
