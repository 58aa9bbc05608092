// Screens are dragged into another order by their handle, with a mouse or a finger. The buttons beside it do the same
// without this module; where it is let go, the same form is sent as by them.
const bench = document.getElementById("bench");
const form = document.getElementById("order");
let lifted = null;
let before = "";

if (bench && form) for (const row of bench.children) addHandle(row);

function addHandle(row) {
  const grip = document.createElement("span");
  grip.className = "grip";
  grip.textContent = "↕";
  grip.title = "Drag to another place";
  // Whoever cannot see or drag it has the buttons.
  grip.setAttribute("aria-hidden", "true");
  row.querySelector(".tools").prepend(grip);
  grip.addEventListener("pointerdown", (event) => lift(event, row, grip));
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", drop);
  grip.addEventListener("pointercancel", putBack);
}

function order() {
  return [...bench.children].map((row) => row.dataset.screen).join(" ");
}

function lift(event, row, grip) {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  lifted = row;
  before = order();
  row.classList.add("lifted");
}

function move(event) {
  if (!lifted) return;
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("#bench > li");
  if (event.clientY < 80) lifted.previousElementSibling?.scrollIntoView({ block: "nearest" });
  else if (event.clientY > innerHeight - 80) lifted.nextElementSibling?.scrollIntoView({ block: "nearest" });
  if (!under || under === lifted) return;
  const { top, height } = under.getBoundingClientRect();
  // Past the middle of the other, so that two of different heights do not change places back and forth.
  const isPast = event.clientY > top + height / 2;
  const isBelow = lifted.compareDocumentPosition(under) & Node.DOCUMENT_POSITION_FOLLOWING;
  // The others move past it, because what is taken out of the page loses the finger that holds it.
  if (isBelow && isPast) for (let next; (next = lifted.nextElementSibling); ) { lifted.before(next); if (next === under) break; }
  else if (!isBelow && !isPast) for (let last; (last = lifted.previousElementSibling); ) { lifted.after(last); if (last === under) break; }
}

function drop() {
  if (!lifted) return;
  lifted.classList.remove("lifted");
  lifted = null;
  if (order() === before) return;
  form.elements.order.value = order();
  form.requestSubmit();
}

function putBack() {
  if (!lifted) return;
  lifted.classList.remove("lifted");
  lifted = null;
  const rows = new Map([...bench.children].map((row) => [row.dataset.screen, row]));
  for (const screen of before.split(" ")) bench.append(rows.get(screen));
}
