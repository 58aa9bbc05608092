// On a tablet that goes from hand to hand: covers the screen after half a minute without a touch, so that whoever takes
// it next, or looks over a shoulder, sees no question. After ten minutes more, or when somebody new says so, unfinished
// answers are dropped, and the survey begins anew.
const IDLE = 30_000, LEFT = 600_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "scroll"];
let timer = 0;

export function mind(formNow, forget) {
  const touched = () => { if (!cover()) wait(); };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => hide(formNow(), forget, wait), IDLE);
  };
  for (const touch of TOUCHES) addEventListener(touch, touched, { passive: true });
  wait();
}

const cover = () => document.querySelector(".cover");
const outside = () => [...document.body.children].filter((part) => part !== cover() && part.id !== "hide");

function hide(form, forget, wait) {
  // Sent, or put aside: nothing is left to come back to.
  if (!form.isConnected) return beginAnew(form, forget);
  const sheet = document.importNode(document.getElementById("cover").content, true).firstElementChild;
  document.body.append(sheet);
  const focused = document.activeElement;
  for (const part of outside()) part.inert = true;
  timer = setTimeout(beginAnew, LEFT, form, forget);
  sheet.querySelector(".next").addEventListener("click", () => {
    sheet.remove();
    for (const part of outside()) part.inert = false;
    focused?.focus();
    wait();
  });
  sheet.querySelector(".quiet").addEventListener("click", () => beginAnew(form, forget));
  sheet.querySelector("h2").focus();
}

function beginAnew(form, forget) {
  forget();
  location.replace(form.getAttribute("action"));
}
