// Without this module a deck shows one card at a time by CSS, and its links lead on and back. It adds: arrow keys, cards
// that do not come again, full screen, and that the decks open without signal. Nothing of it is kept on the device.
const deck = document.getElementById("deck");
const screens = [...document.querySelectorAll("section.s")];
const away = new Set();

if (screens.length) {
  addEventListener("hashchange", () => { shown().querySelector("h1,h2").focus(); scrollTo(0, 0); });
  deck.addEventListener("click", press);
  addEventListener("keydown", turn);
  offerFullScreen();
}
keepForLater();

function shown() {
  return document.getElementById(location.hash.slice(1))?.closest("section.s") ?? screens[0];
}

// The next screen that may come again, this way or that.
function go(from, by) {
  let place = screens.indexOf(from) + by;
  while (away.has(screens[place]?.id)) place += by;
  if (screens[place]) location.hash = screens[place].id;
}

function press(event) {
  const link = event.target.closest("[data-go]");
  if (!link) return;
  const { go: way } = link.dataset, from = link.closest("section.s");
  if (way === "anew") { away.clear(); return; }
  event.preventDefault();
  if (way === "away") away.add(from.id);
  go(from, way === "back" ? -1 : 1);
}

function turn(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("summary")) return;
  const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.key === onward) go(shown(), 1);
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") go(shown(), -1);
}

function offerFullScreen() {
  const button = document.getElementById("full");
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  });
}

// Holds this deck, or every deck that is listed here, and the page where what was said can be kept.
async function keepForLater() {
  if (!navigator.serviceWorker) return;
  try {
    const { worker, scope, keep, record, ready } = deck.dataset;
    const held = await navigator.serviceWorker.register(worker, { scope });
    const listed = [...document.querySelectorAll("a[data-keep]")].map((link) => link.dataset.keep);
    navigator.serviceWorker.addEventListener("message", () => { document.getElementById("offline").textContent = ready; });
    tell(await working(held), [location.pathname, ...files(document), ...(keep ? [keep] : listed)]);
    if (record) await keepRecording(record);
  } catch {
    // Without it a deck needs signal to open; that is no reason to say anything to a child.
  }
}

// The survey's own worker keeps its page, so that it opens from here without having been opened before.
async function keepRecording(address) {
  const held = await navigator.serviceWorker.register("/a/worker.js", { scope: "/a/" });
  const reply = await fetch(address, { credentials: "omit" });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const named = Object.values(page.getElementById("f").dataset).filter((value) => value[0] === "/");
  tell(await working(held), [address, ...files(page), ...named]);
}

function files(page) {
  return [...page.querySelectorAll("link[rel=stylesheet],script[src]")].map((file) => new URL(file.getAttribute("href") ?? file.getAttribute("src"), location.href).pathname);
}

function tell(worker, paths) { worker.postMessage(paths); }

function working({ active, installing, waiting }) {
  const coming = installing ?? waiting;
  if (active || !coming) return active;
  return new Promise((resolve) => coming.addEventListener("statechange", () => { if (coming.state === "activated") resolve(coming); }));
}
