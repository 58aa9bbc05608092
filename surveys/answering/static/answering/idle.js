// A page beside the survey, on a tablet that goes from hand to hand: it is left after half a minute without a touch, and
// when the tablet is put to sleep.
const IDLE = 30_000;
const isShared = (() => { try { return localStorage.getItem("shared"); } catch { return null; } })();
let timer = 0;

if (isShared) {
  const leave = () => { dispatchEvent(new Event("hiding")); document.body.textContent = ""; location.replace(document.body.dataset.begin); };
  const wait = () => { clearTimeout(timer); timer = setTimeout(leave, IDLE); };
  for (const touch of ["pointerdown", "pointermove", "keydown", "scroll"]) addEventListener(touch, wait, { passive: true });
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  wait();
}
