// Without this module the survey is a form, one question per screen by CSS. It adds: sending that can be tried again
// without storing twice, focus, hiding what was answered, reading aloud, and a quick way out.
const form = document.getElementById("f");
const exit = document.getElementById("hide");
const answers = new Map();
const id = crypto.randomUUID?.() ?? uuid();
let code = null;
let current = null;

function uuid() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return h.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

document.body.classList.add("js");
readCode();
form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
form.addEventListener("change", (event) => keepExclusive(event.target));
addEventListener("hashchange", move);
addEventListener("pagehide", forget);
document.querySelector("[data-restart]").addEventListener("click", forget);
exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
threeShifts();
readAloud();
move();

// The poster's code comes in the fragment, which no server sees; it is taken out of the address at once.
function readCode() {
  const part = decodeURIComponent(location.hash.slice(1));
  if (part && !document.getElementById(part)) {
    code = part.slice(0, 40);
    history.replaceState(null, "", location.pathname);
  }
}

function screen() {
  return document.getElementById(location.hash.slice(1)) ?? document.getElementById("s-what");
}

function move() {
  if (current) take(current);
  const first = current === null;
  current = screen();
  const again = current.querySelector(".again");
  if (again) again.hidden = !answers.has(current.dataset.code);
  if (!first) current.querySelector("h1,h2")?.focus();
  scrollTo(0, 0);
}

// Takes the answers of a screen out of the page, so that nobody who turns back sees them.
function take(section) {
  const { code: item, kind } = section.dataset;
  const inputs = [...section.querySelectorAll("input,textarea")];
  const chosen = inputs.filter((i) => i.checked || (i.tagName === "TEXTAREA" && i.value.trim()));
  if (chosen.length && item) {
    const values = chosen.map((i) => i.value);
    const alone = kind !== "multi" || (values.length === 1 && "x" in chosen[0].dataset && chosen[0].closest(".out"));
    answers.set(item, alone ? values[0] : values);
    for (const input of inputs) {
      for (const name of input.className.split(" ")) {
        if (name.startsWith("to-")) form.classList.remove(name.replace("to-", "met-"));
      }
    }
    for (const input of chosen) {
      for (const name of input.className.split(" ")) {
        if (name.startsWith("to-")) form.classList.add(name.replace("to-", "met-"));
      }
    }
  }
  for (const input of inputs) {
    if (input.tagName === "TEXTAREA") input.value = "";
    else input.checked = false;
  }
}

function keepExclusive(changed) {
  if (changed.type !== "checkbox" || !changed.checked) return;
  for (const other of form.querySelectorAll(`input[name="${changed.name}"]`)) {
    if (other !== changed && ("x" in changed.dataset || "x" in other.dataset)) other.checked = false;
  }
}

function forget() {
  answers.clear();
  form.reset();
  form.className = "";
}

function leave() {
  forget();
  location.replace(exit.href);
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
  if (current) take(current);
  const status = form.querySelector(".status");
  const button = form.querySelector(".send");
  if (button.disabled) return;
  button.disabled = true;
  status.textContent = status.dataset.wait;
  const { helper = "not_said", ...rest } = Object.fromEntries(answers);
  const body = JSON.stringify({
    edition: form.edition.value, language: form.language.value, code, helper, answers: rest,
  });
  try {
    const reply = await fetch(`${form.getAttribute("action")}responses/${id}/`, {
      method: "PUT", headers: { "Content-Type": "application/json" }, body, credentials: "omit",
    });
    const content = await reply.json();
    if (reply.ok) return done(content.receipt);
    status.textContent = content.errors.map((error) => error.message).join(" ");
    const wrong = content.errors.map((error) => document.getElementById(`s-${error.item}`)).find(Boolean);
    if (wrong) location.hash = wrong.id;
  } catch {
    status.textContent = status.dataset.lost;
  }
  button.disabled = false;
  button.focus();
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
