// Drafts save themselves.
"use strict";

const PAUSE = 1200; // milliseconds of rest before what was typed is saved
const PATIENCE = 20000; // milliseconds until a save is given up
const AGAIN = 8000; // milliseconds until a save that did not arrive is tried again

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
