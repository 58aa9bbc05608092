// Reads a screen aloud in the order in which it is shown, and marks what is being read: what somebody recorded where
// there is a recording, and else a voice that lives on the device, as another would send the words to somebody else's
// server. Nothing is fetched before somebody asks to listen, but where a survey is for those who cannot read yet.
const PARTS = "h1,h2,p:not(.go):not(.n):not(.status):not(.stones),.why span,.o span,.w span,.row span";
const synthesis = window.speechSynthesis;
const player = new Audio();
let form, voice, reading;
let isSlow = false;

export function offer(survey) {
  form = survey;
  const add = () => {
    const language = document.documentElement.lang;
    voice = synthesis?.getVoices().find((v) => v.localService && v.lang.toLowerCase().startsWith(language));
    for (const section of form.querySelectorAll("section.s")) {
      if ((voice || section.querySelector("[data-audio]")) && !section.querySelector(".speak")) section.prepend(bar(section));
    }
  };
  add();
  synthesis?.addEventListener?.("voiceschanged", add);
  // Its screen is left, the page is hidden or closed, the answers are sent: each empties the screens first.
  form.addEventListener("cleared", stop, true);
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); });
  addEventListener("covering", stop);
  if (form.classList.contains("loud")) keepAll();
}

// Instead of the browser's own players.
function bar(section) {
  const made = Object.assign(document.createElement("p"), { className: "go speak" });
  const { listen, slower, headphones } = form.dataset;
  const read = button(() => (reading?.button === read ? stop() : say(section, read)));
  label(read, "▶", listen);
  const slow = button(() => pace(!isSlow));
  slow.append(slower);
  slow.classList.add("slow");
  slow.setAttribute("aria-pressed", isSlow);
  made.append(read, slow);
  if (!form.querySelector(".speak")) made.append(Object.assign(document.createElement("span"), { textContent: headphones }));
  for (const own of section.querySelectorAll("audio")) own.remove();
  return made;
}

function button(act) {
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.addEventListener("click", act);
  return made;
}

// It says what a press does, so it is not a button that is pressed or not: "Stop, pressed" would say the opposite.
function label(read, sign, text) {
  const shape = Object.assign(document.createElement("span"), { textContent: `${sign} ` });
  shape.setAttribute("aria-hidden", "true");
  read.textContent = "";
  read.append(shape, text);
}

function pace(slow) {
  isSlow = slow;
  for (const one of form.querySelectorAll(".slow")) one.setAttribute("aria-pressed", isSlow);
  player.playbackRate = player.defaultPlaybackRate = isSlow ? 0.75 : 1;
}

function stop() {
  if (!reading) return;
  label(reading.button, "▶", form.dataset.listen);
  reading = null;
  player.pause();
  synthesis?.cancel();
  for (const part of form.querySelectorAll(".said")) part.classList.remove("said");
}

async function say(section, from) {
  stop();
  const mine = (reading = { button: from });
  label(from, "■", form.dataset.stop);
  // Some browsers let a player sound only once a tap has touched it, and the first part may be spoken.
  if (!player.src) player.load();
  for (const part of section.querySelectorAll(PARTS)) {
    const said = part.getClientRects().length ? utter(part) : null;
    if (!said) continue;
    part.classList.add("said");
    dispatchEvent(new Event("listening"));
    part.scrollIntoView({ block: "nearest" });
    await said;
    if (reading !== mine) return;
    part.classList.remove("said");
  }
  stop();
}

// What fails is spoken, or left out; it keeps nobody from what comes after it.
function utter(part) {
  const { audio } = part.dataset;
  if (audio) return play(audio).catch(() => speak(part));
  return speak(part);
}

function play(address) {
  return new Promise((resolve, reject) => {
    player.onended = resolve;
    player.onerror = reject;
    player.src = address;
    player.play().catch((problem) => { if (problem.name !== "AbortError") reject(problem); });
  });
}

function speak(part) {
  return voice && new Promise((resolve) => {
    const said = new SpeechSynthesisUtterance(part.textContent);
    Object.assign(said, { voice, lang: voice.lang, rate: isSlow ? 0.7 : 1, onend: resolve, onerror: resolve });
    synthesis.speak(said);
  });
}

// Fetched once the page is held for when there is no signal, so that they are held as well. Whoever pays by the
// megabyte and says so fetches what they listen to.
async function keepAll() {
  if (navigator.connection?.saveData || !navigator.serviceWorker) return;
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  for (const address of new Set([...form.querySelectorAll("[data-audio]")].map((part) => part.dataset.audio))) {
    await fetch(address).catch(() => {});
  }
}
