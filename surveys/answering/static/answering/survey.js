// Without this module the survey is a form, one question per screen by CSS. It adds: sending that can be tried again
// without storing twice, focus, hiding what was answered, reading aloud, and a quick way out.
const form = document.getElementById("f");
const exit = document.getElementById("hide");
const status = form.querySelector(".status");
const sender = form.querySelector(".send");
const sections = [...form.querySelectorAll(".s")];
const answers = new Map();
let id = fresh();
let current = null;

function fresh() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return h.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

document.body.classList.add("js");
readCode();
form.addEventListener("submit", (event) => event.preventDefault());
sender.addEventListener("click", send);
form.addEventListener("change", (event) => keepExclusive(event.target));
form.addEventListener("input", (event) => event.target.closest(".s").querySelector(".error")?.remove());
form.addEventListener("click", (event) => { if (event.target.matches(".again button")) startAgain(event.target.closest(".s")); });
addEventListener("hashchange", move);
addEventListener("pagehide", forget);
addEventListener("pageshow", (event) => { if (event.persisted) comeBack(); });
form.querySelector("[data-restart]").addEventListener("click", (event) => { if (sender.disabled) event.preventDefault(); else forget(); });
exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
threeShifts();
readAloud();
move();

// The poster's code comes in the fragment, which no server sees; it is taken out of the address at once. What is
// escaped in it is no part of a code, and may not even be a character.
function readCode() {
  const part = location.hash.slice(1).replace(/%../g, "");
  if (part && !document.getElementById(part)) {
    form.code.value = part.slice(0, 40);
    history.replaceState(null, "", location.pathname);
  }
}

function screen() {
  return document.getElementById(location.hash.slice(1))?.closest(".s") ?? sections[0];
}

function move() {
  if (current) take(current);
  const first = current === null;
  current = screen();
  if (!first) (current.querySelector(".error") ?? current.querySelector("h1,h2")).focus();
  scrollTo(0, 0);
}

function inputsOf(section) {
  return "code" in section.dataset ? [...section.querySelectorAll("input,textarea")] : [];
}

// Takes the answers of a screen out of the page, so that nobody who turns back sees them.
function take(section) {
  const { code: item, kind } = section.dataset;
  const chosen = inputsOf(section).filter((i) => i.checked || (i.tagName === "TEXTAREA" && i.value.trim()));
  if (chosen.length && item) {
    const values = chosen.map((i) => i.value);
    const alone = kind !== "multi" || (values.length === 1 && "x" in chosen[0].dataset && chosen[0].closest(".out"));
    answers.set(item, alone ? values[0] : values);
    meet(section, chosen);
  }
  clear(section);
}

// The style sheet shows the screens that follow what is chosen, also when it is not in the page any more.
function meet(section, chosen) {
  for (const inputs of [inputsOf(section), chosen]) {
    for (const name of inputs.flatMap((input) => [...input.classList])) {
      if (name.startsWith("to-")) form.classList.toggle(name.replace("to-", "met-"), inputs === chosen);
    }
  }
}

function clear(section) {
  for (const input of inputsOf(section)) {
    if (input.tagName === "TEXTAREA") input.value = "";
    else input.checked = false;
  }
  const again = section.querySelector(".again");
  if (again) again.hidden = !answers.has(section.dataset.code);
}

function drop(section) {
  answers.delete(section.dataset.code);
  meet(section, []);
  clear(section);
}

function startAgain(section) {
  drop(section);
  section.querySelector("h1,h2").focus();
}

function keepExclusive(changed) {
  if (changed.type !== "checkbox" || !changed.checked) return;
  for (const other of form.querySelectorAll(`input[name="${changed.name}"]`)) {
    if (other !== changed && ("x" in changed.dataset || "x" in other.dataset)) other.checked = false;
  }
}

// Whoever comes next finds nothing, and sends under an id of their own: what comes under a known one is not stored.
function forget() {
  answers.clear();
  id = fresh();
  for (const section of sections) {
    clear(section);
    section.querySelector(".error")?.remove();
  }
  form.className = "";
  status.textContent = "";
  sender.disabled = false;
}

// The browser kept the page as it was left, without its answers: one begins again, or meets what was made of it.
function comeBack() {
  if (form.isConnected) location.replace("#s-what");
  else location.reload();
}

// The screen is emptied first, because the other page may be slow to come. Back goes to the question before, which
// children need more often than this; so hiding goes back to where the survey was opened, puts an address there that
// leads away as well, and goes on from there, which ends the browser's list of what came after.
function leave() {
  removeEventListener("hashchange", move);
  forget();
  document.body.replaceChildren();
  const opened = window.navigation?.entries().find((entry) => entry.sameDocument);
  if (opened) navigation.traverseTo(opened.key).finished.then(goAway, goAway);
  else goAway();
}

function goAway() {
  history.replaceState(null, "", form.dataset.away);
  location.assign(exit.href);
}

function threeShifts() {
  let presses = [];
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") { presses = []; return; }
    presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time < 5000);
    if (presses.length >= 3) leave();
  });
}

async function send() {
  if (sender.disabled) return;
  // Every screen: where a browser cannot show one at a time, all of them are open.
  sections.forEach(take);
  sender.disabled = true;
  status.textContent = status.dataset.wait;
  const { helper = "not_said", ...rest } = Object.fromEntries(answers);
  const body = JSON.stringify({
    edition: form.edition.value, language: form.language.value, code: form.code.value, helper, answers: rest,
  });
  const sent = id;
  const reply = await fetch(`${form.getAttribute("action")}responses/${sent}/`, {
    method: "PUT", headers: { "Content-Type": "application/json" }, body, credentials: "omit",
  }).catch(() => null);
  const content = await reply?.json().catch(() => null);
  if (sent !== id) return; // The child has left; somebody else may be looking.
  if (content?.receipt) return done(content.receipt);
  sender.disabled = false;
  sender.focus();
  if (content?.errors) explain(content.errors);
  else status.textContent = status.dataset.lost;
}

// Each message goes to its question, and the first of them is opened.
function explain(errors) {
  const unplaced = errors.filter(({ item, message }) => !mark(sections.find((s) => s.dataset.code === item), message));
  status.textContent = unplaced.map((error) => error.message).join(" ");
  const wrong = form.querySelector(".s .error")?.closest(".s");
  if (wrong) location.hash = wrong.id;
}

function mark(section, message) {
  const again = section?.querySelector(".again");
  if (!again) return false;
  const words = answers.get(section.dataset.code);
  drop(section); // It would be refused again.
  const box = section.querySelector("textarea");
  if (box) box.value = words; // Nobody should have to write it all anew.
  section.querySelector(".error")?.remove();
  again.before(Object.assign(document.createElement("p"), { className: "error", tabIndex: -1, textContent: message }));
  return true;
}

function done(receipt) {
  removeEventListener("hashchange", move);
  forget();
  const page = document.getElementById("done").content.cloneNode(true);
  const list = page.querySelector(".receipt");
  for (const word of receipt.split(" ")) list.append(Object.assign(document.createElement("li"), { textContent: word }));
  form.replaceWith(page);
  history.replaceState(null, "", location.pathname);
  document.querySelector("main h1").focus();
}

// Only a voice that lives on the device: another would send the words to somebody else's server.
function readAloud() {
  if (!("speechSynthesis" in window)) return;
  const language = document.documentElement.lang;
  const offer = () => {
    const voice = speechSynthesis.getVoices().find((v) => v.localService && v.lang.startsWith(language));
    if (!voice || form.querySelector(".speak")) return;
    for (const section of form.querySelectorAll(".s")) section.prepend(button(section, voice));
  };
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
}

function button(section, voice) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "speak", textContent: "🔊 Listen" });
  made.addEventListener("click", () => {
    speechSynthesis.cancel();
    const words = [...section.querySelectorAll("h1,h2,p:not(.go):not(.n):not([hidden]),.o span,.w span")];
    const said = new SpeechSynthesisUtterance(words.map((part) => part.textContent).join(". "));
    said.voice = voice;
    speechSynthesis.speak(said);
  });
  return made;
}
