// Enter and the arrows go down and up the column.
"use strict";

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
