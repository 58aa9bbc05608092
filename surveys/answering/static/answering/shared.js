// On a tablet that goes from hand to hand: covers the screen after half a minute without a touch, and when it is put to
// sleep, so that whoever takes it next, or looks over a shoulder, sees nothing. After ten minutes more, or when somebody
// new says so, what is not finished is dropped, and the survey begins anew.
const IDLE = 30_000, LEFT = 600_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "scroll", "listening"];
let timer = 0, coveredAt = 0;

export function mind(beginAnew) {
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => hide(beginAnew, wait), IDLE); };
  for (const touch of TOUCHES) addEventListener(touch, () => { if (!cover()) wait(); }, { passive: true });
  // Timers stand still while a tablet sleeps.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hide(beginAnew, wait);
    else if (cover() && Date.now() - coveredAt > LEFT) beginAnew();
  });
  wait();
}

const cover = () => document.querySelector(".cover");
const outside = () => [...document.body.children].filter((part) => part !== cover() && part.id !== "hide");

function hide(beginAnew, wait) {
  if (cover()) return;
  dispatchEvent(new Event("covering"));
  const focused = document.activeElement;
  const sheet = document.importNode(document.getElementById("cover").content, true).firstElementChild;
  document.body.append(sheet);
  for (const part of outside()) part.inert = part.hidden = true;
  clearTimeout(timer);
  timer = setTimeout(beginAnew, LEFT);
  coveredAt = Date.now();
  sheet.querySelector(".next").addEventListener("click", () => {
    sheet.remove();
    for (const part of outside()) part.inert = part.hidden = false;
    focused?.focus();
    wait();
  });
  sheet.querySelector(".quiet").addEventListener("click", beginAnew);
  sheet.querySelector("h2").focus();
}
