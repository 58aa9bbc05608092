// Hides a page at once: by its button, or by three presses of Shift within five seconds. What a page keeps in memory it
// drops when it hears "hiding".
const button = () => document.getElementById("hide");
let presses = [];

document.addEventListener("click", (event) => { if (event.target === button()) { event.preventDefault(); hide(); } });
addEventListener("keyup", (event) => {
  if (event.key !== "Shift") { presses = []; return; }
  presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time < 5000);
  if (presses.length >= 3) hide();
});

// The screen is emptied first, because the other page may be slow to come. Back goes to the question before, which
// children need more often than this; so hiding goes back to where the page was opened, puts an address there that leads
// away as well, and goes on from there, which ends the browser's list of what came after.
function hide() {
  const { href, dataset } = button();
  dispatchEvent(new Event("hiding"));
  document.body.textContent = "";
  const go = () => { history.replaceState(null, "", dataset.away); location.assign(href); };
  const opened = window.navigation?.entries().find((entry) => entry.sameDocument);
  if (opened) navigation.traverseTo(opened.key).finished.then(go, go);
  else go();
}
