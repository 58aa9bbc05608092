// Beside a box to write in, shows whom one can talk to, as soon as a word in it sounds like danger. It decides nothing and
// hinders nothing; nothing of it is kept or sent. The words come with the page, for every reader alike.
const PAUSE = 300;
const patterns = new Map(), closed = new WeakSet();
let last = null, timer = 0;

// As help_words.py makes a text plain: without capitals, accents or punctuation, and with no letter twice in a row.
export function plain(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’ʼ‘]/g, "");
  return ` ${bare.replace(/[^\p{L}\p{N}]+/gu, " ").trim().replace(/(.)\1+/gu, "$1")} `;
}

const address = () => document.querySelector("[data-words]")?.dataset.words;

// The pattern, and what is said, come backwards, so that no filter of a school takes it for something a child wrote or looked for.
async function words(from = address()) {
  if (!patterns.has(from)) {
    const coming = fetch(from, { credentials: "omit" })
      .then((reply) => (reply.ok ? reply.text() : Promise.reject(reply.status)))
      .then((text) => {
        const [source, ...said] = [...text].reverse().join("").split("\n");
        return { pattern: new RegExp(source, "u"), said };
      });
    patterns.set(from, coming);
    coming.then((found) => { last = found; }, () => patterns.delete(from));
  }
  // Of another language, where its own cannot be had without signal: English is in all of them.
  return patterns.get(from).catch(() => last);
}

export const pattern = async (from) => (await words(from))?.pattern;

const isWritten = (field) => field.matches?.("textarea,input[type=text]:not([name=code])") && address();
const boxOf = (field) => (field.nextElementSibling?.classList.contains("care") ? field.nextElementSibling : null);

// Empty at first: what comes into it later is read out once, when whoever listens has finished their word.
function prepare(field) {
  if (!boxOf(field)) field.after(Object.assign(document.createElement("div"), { className: "care", role: "status" }));
}

async function look(field) {
  const found = await words();
  const box = boxOf(field);
  if (box && !box.firstChild && !closed.has(field) && found?.pattern.test(plain(field.value))) fill(box, field, found.said);
}

const made = (name, text, more) => Object.assign(document.createElement(name), { textContent: text, ...more });

function fill(box, field, [whom, reader, close]) {
  const button = made("button", close, { type: "button", className: "quiet" });
  button.addEventListener("click", () => { closed.add(field); box.textContent = ""; field.focus(); });
  const numbers = document.querySelector("footer ul").cloneNode(true);
  box.append(made("p", whom), numbers, made("p", reader, { className: "hint" }), button);
}

function forget(field) {
  clearTimeout(timer);
  closed.delete(field);
  boxOf(field)?.remove();
}

const fieldsIn = (part) => [...part.querySelectorAll("textarea,input[type=text]")];

document.addEventListener("input", ({ target }) => {
  if (!isWritten(target)) return;
  prepare(target);
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE, target);
});
// A screen that is left shows no more that something was written on it.
document.addEventListener("cleared", ({ target }) => fieldsIn(target).forEach(forget), true);
addEventListener("pagehide", () => fieldsIn(document).forEach(forget));
// What came back in a page, to be put right, was written too.
for (const field of fieldsIn(document)) if (field.value && isWritten(field)) { prepare(field); look(field); }
if (address()) words();
