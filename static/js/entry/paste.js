// A pasted block is read on the server, which shows what goes where before anything changes.
"use strict";

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
