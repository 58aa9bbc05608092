// Reads a screen aloud, sentence by sentence, and marks what is being read. Only with a voice that lives on the device:
// another would send the words to somebody else's server.
const PARTS = "h1,h2,p:not(.go):not(.n):not([hidden]):not(.status),.o span,.w span,.row span";
let isSlow = false;

export function offer(form) {
  const language = document.documentElement.lang;
  const add = () => {
    const voice = speechSynthesis.getVoices().find((v) => v.localService && v.lang.toLowerCase().startsWith(language));
    if (!voice || form.querySelector(".speak")) return;
    for (const section of form.querySelectorAll(".s")) section.prepend(bar(form, section, voice));
  };
  add();
  speechSynthesis.addEventListener?.("voiceschanged", add);
  addEventListener("hashchange", stop);
}

function bar(form, section, voice) {
  const made = Object.assign(document.createElement("p"), { className: "go speak" });
  const { listen, slower } = form.dataset;
  const read = button(`▶ ${listen}`, () => say(section, voice));
  const slow = button(slower, () => {
    isSlow = !isSlow;
    for (const one of form.querySelectorAll(".slow")) one.setAttribute("aria-pressed", isSlow);
  });
  slow.classList.add("slow");
  slow.setAttribute("aria-pressed", "false");
  made.append(read, slow);
  return made;
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.addEventListener("click", act);
  return made;
}

function stop() {
  speechSynthesis.cancel();
  for (const part of document.querySelectorAll(".said")) part.classList.remove("said");
}

function say(section, voice) {
  stop();
  for (const part of section.querySelectorAll(PARTS)) {
    const said = new SpeechSynthesisUtterance(part.textContent);
    Object.assign(said, { voice, lang: voice.lang, rate: isSlow ? 0.7 : 1 });
    said.onstart = () => part.classList.add("said");
    said.onend = said.onerror = () => part.classList.remove("said");
    speechSynthesis.speak(said);
  }
}
