// Marks by key and by touch, one key for each kind and each decision, undo, and how it reads meanwhile. All works without.
const form = document.getElementById("moderating");
const reads = document.getElementById("reads");
const written = document.getElementById("written");
const said = document.getElementById("moderating-said");
const undo = document.getElementById("undo");
const fromTo = document.getElementById("from-to");
const boxes = [...form.querySelectorAll("input[name=mark]")];
const kinds = [...form.querySelectorAll("input[type=radio][name=kind]")];
const DECISIONS = new Set(["usable", "change_more", "not_usable", "second_opinion"]);
const AT_LEAST = 700;
const before = [];
let shownAt = performance.now();
let anchor = null;
let awaitsEnd = false;

const pen = () => kinds.find((kind) => kind.checked);
const stateOf = () => boxes.map((box) => [box.checked, box.value, box.dataset.stands]);
const range = (one, other) => {
  const [from, to] = [boxes.indexOf(one), boxes.indexOf(other)].sort((a, b) => a - b);
  return boxes.slice(from, to + 1);
};
const chosen = () => boxes.filter((box) => box.closest(".word").classList.contains("chosen"));

// The server joins equal neighbours just so.
function show() {
  const parts = [];
  let last = "";
  for (const box of boxes) {
    const word = box.closest(".word");
    const gap = word.previousElementSibling.textContent;
    const stands = box.checked ? box.dataset.stands || pen().dataset.stands : "";
    if (!(stands && stands === last && gap === " ")) parts.push(gap, stands || word.textContent);
    last = stands;
  }
  parts.push(written.lastElementChild.textContent);
  reads.textContent = parts.join("");
  undo.disabled = before.length === 0;
}

function remember() {
  before.push(stateOf());
}

function mark(some, kind) {
  for (const box of some) {
    box.checked = true;
    box.value = `${box.dataset.number}:${kind.value}`;
    box.dataset.stands = kind.dataset.stands;
  }
}

function unmark(some) {
  for (const box of some) box.checked = false;
}

// A word that is marked by hand is called what the pen says; one that was proposed keeps its name while it stays marked.
function toggle(some) {
  if (some.every((box) => box.checked)) unmark(some);
  else mark(some.filter((box) => !box.checked), pen());
}

function choose(some) {
  for (const box of boxes) box.closest(".word").classList.toggle("chosen", some.includes(box));
}

function change(what) {
  remember();
  what();
  choose([]);
  show();
}

function takeBack() {
  const state = before.pop();
  if (!state) return;
  boxes.forEach((box, at) => {
    [box.checked, box.value] = state[at];
    if (state[at][2]) box.dataset.stands = state[at][2];
    else delete box.dataset.stands;
  });
  show();
}

function awaitEnd(on) {
  awaitsEnd = on;
  fromTo.setAttribute("aria-pressed", on);
  said.textContent = on ? "Tap the first word, then the last." : "";
  anchor = on ? null : anchor;
}

function tapped(box, shift) {
  if (awaitsEnd && !anchor) {
    anchor = box;
    choose([box]);
    return;
  }
  if ((awaitsEnd || shift) && anchor) {
    const [from, to] = [anchor, box];
    change(() => mark(range(from, to), pen()));
    awaitEnd(false);
  } else {
    const some = chosen().includes(box) ? chosen() : [box];
    change(() => toggle(some));
  }
  anchor = box;
}

// With a finger or a mouse across several words; up and down still scrolls.
let drawnFrom = null;
let drawnTo = null;
const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".word")?.querySelector("input");

function endDrawing(event) {
  const [from, to] = [drawnFrom, drawnTo];
  drawnFrom = drawnTo = null;
  if (event.type === "pointercancel") choose([]);
  else if (from && to && from !== to) {
    change(() => mark(range(from, to), pen()));
    anchor = to;
  }
}

function tooQuick(event) {
  const step = event.submitter?.value;
  if (!DECISIONS.has(step) || performance.now() - shownAt >= AT_LEAST) return false;
  said.textContent = "Not decided yet: this one has only just come.";
  return true;
}

function onWord(event, box) {
  const at = boxes.indexOf(box);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const some = chosen().length ? chosen() : [box];
  if (step) {
    const next = boxes[at + step];
    if (!next) return true;
    anchor = event.shiftKey ? anchor || box : next;
    choose(event.shiftKey ? range(anchor, next) : []);
    next.focus();
  } else if (event.key === "Escape") {
    choose([]);
  } else {
    const kind = kinds.find((one) => one.dataset.kind === event.key.toLowerCase());
    if (!kind) return false;
    kind.checked = true;
    change(() => mark(some, kind));
  }
  return true;
}

function onPage(event) {
  const key = event.key.toLowerCase();
  if (boxes.length && (key === "arrowright" || key === "arrowleft") && !event.target.matches("input[type=radio]")) {
    anchor = boxes.find((box) => box.checked) || boxes[0];
    anchor.focus();
    return true;
  }
  if (key === "f" && fromTo) {
    awaitEnd(!awaitsEnd);
    return true;
  }
  const kind = kinds.find((one) => one.dataset.kind === key);
  if (kind) {
    kind.click();
    return true;
  }
  const pressed = document.querySelector(`.desk-page [data-key="${CSS.escape(key)}"]`);
  if (pressed) pressed.click();
  return Boolean(pressed);
}

if (written) {
  for (const box of boxes) if (box.dataset.called) box.value = `${box.dataset.number}:${box.dataset.called}`;
  form.querySelector("[value=try]").hidden = true;
  for (const one of [undo, fromTo, document.getElementById("moderating-how")]) one.hidden = false;
  undo.addEventListener("click", takeBack);
  fromTo.addEventListener("click", () => awaitEnd(!awaitsEnd));
  let shift = false;
  written.addEventListener("click", (event) => (shift = event.shiftKey));
  written.addEventListener("change", (event) => {
    // As it was before, because what a tap does is settled by what else is chosen.
    event.target.checked = !event.target.checked;
    tapped(event.target, shift);
  });
  written.addEventListener("pointerdown", (event) => (drawnFrom = event.button ? null : under(event)));
  document.addEventListener("pointermove", (event) => {
    if (!drawnFrom) return;
    drawnTo = under(event) || drawnTo;
    if (drawnTo && drawnTo !== drawnFrom) choose(range(drawnFrom, drawnTo));
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, endDrawing);
  for (const kind of kinds) kind.addEventListener("change", () => (chosen().length ? change(() => mark(chosen(), kind)) : show()));
}

document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !event.key.startsWith("Arrow")) return;
  if (at.matches("select, textarea, input[type=text]")) return;
  if ((boxes.includes(at) && onWord(event, at)) || onPage(event)) event.preventDefault();
});
// A second press while the first is on its way, or as the next comes up, decides nothing about the next.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent || tooQuick(event)) event.preventDefault();
  else form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  delete form.dataset.sent;
  shownAt = performance.now();
});
