// Without this module the survey is a form, one question per screen by CSS. It adds: sending that can be tried again
// without storing twice, focus, hiding what was answered, reading aloud, and a quick way out.
const POSTER = 8;
const answers = new Map();
// Every other respondent sees the scales from their other end, all of them, so that no end is favoured.
const isTurned = crypto.getRandomValues(new Uint8Array(1))[0] < 128;
let form, status, sender, sections, tries = 0;
let id = fresh();
// The code of the poster that was scanned, for whoever answers next; a card's is for one person.
let scanned = "";
let current = null;

function fresh() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return h.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

begin();
readCode();
addEventListener("hiding", () => { removeEventListener("hashchange", move); forget(); });
addEventListener("hashchange", move);
addEventListener("pagehide", forget);
addEventListener("pageshow", (event) => { if (event.persisted) comeBack(); });
move();
// What the first question does not need comes after it.
const loaded = new Promise((resolve) => (document.readyState === "complete" ? resolve() : addEventListener("load", resolve)));
const fetchPool = (address) => import(address).catch(() => null);
let pool = loaded.then(() => fetchPool(form.dataset.waiting));
enrich();
keepForLater();
mindSharedDevice();

// Takes the form of a document into use: the one that was opened, or later the same in another language.
function begin() {
  form = document.getElementById("f");
  status = form.querySelector(".status");
  sender = form.querySelector(".send");
  sections = [...form.querySelectorAll("section.s")];
  document.body.classList.add("js");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => keepExclusive(event.target));
  form.addEventListener("input", (event) => event.target.closest("section.s")?.querySelector(".error")?.remove());
  form.addEventListener("click", press);
  if (isTurned) {
    for (const options of form.querySelectorAll(".os.choice,.os.faces,.os.pictures,.os.again")) options.append(...[...options.children].reverse());
  }
}

function press(event) {
  const { target } = event;
  if (target === sender) send();
  else if (target.matches(".again button")) startAgain(target.closest("section.s"));
  else if (target.name === "to") speak(target.value);
  else if ("restart" in target.dataset) { if (sender.disabled) event.preventDefault(); else forget(); }
}

// The poster's code comes in the fragment, which no server sees; it is taken out of the address at once. What is
// escaped in it is no part of a code, and may not even be a character.
function readCode() {
  const part = location.hash.slice(1).replace(/%../g, "");
  if (part && !document.getElementById(part)) {
    form.code.value = part.slice(0, 40);
    if (part.length === POSTER) scanned = part;
    history.replaceState(null, "", location.pathname);
  }
}

function screen() {
  return document.getElementById(location.hash.slice(1))?.closest("section.s") ?? sections[0];
}

function move() {
  if (current) take(current);
  const first = current === null;
  current = screen();
  if (!first) (current.querySelector(".error") ?? current.querySelector("h1,h2")).focus();
  scrollTo(0, 0);
}

function inputsOf(section) {
  return "code" in section.dataset ? [...section.querySelectorAll("input,textarea,select")] : [];
}

// Takes the answers of a screen out of the page, so that nobody who turns back sees them.
function take(section) {
  const { code: item, kind } = section.dataset;
  const strokes = section.strokes?.();
  const chosen = inputsOf(section).filter((i) => (isWritten(i) || i.tagName === "SELECT" ? i.value.trim() : i.checked));
  if (item && strokes) answers.set(item, { strokes });
  else if (chosen.length && item) {
    const values = chosen.map((i) => i.value);
    const isOut = chosen.some((i) => i.closest(".out"));
    answers.set(item, ["multi", "sort"].includes(kind) && !isOut ? values : values[values.length - 1]);
    meet(section, chosen);
  }
  clear(section);
}

function isWritten(input) {
  return input.tagName === "TEXTAREA" || input.type === "text";
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
    if (isWritten(input) || input.tagName === "SELECT") input.value = "";
    else input.checked = false;
  }
  section.dispatchEvent(new Event("cleared"));
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
  form.classList.remove(...[...form.classList].filter((name) => name.startsWith("met-")));
  for (const box of leftOut()) box.checked = false;
  form.code.value = scanned;
  status.textContent = "";
  sender.disabled = false;
  for (const word of document.querySelectorAll(".receipt li")) word.remove();
}

// The browser kept the page as it was left, without its answers: one begins again, or meets what was made of it.
function comeBack() {
  if (form.isConnected) location.replace("#s-what");
  else location.reload();
}

function leftOut(of = form) {
  return [...of.querySelectorAll("[name=leave_out]:checked")];
}

async function send() {
  if (sender.disabled) return;
  // Every screen: where a browser cannot show one at a time, all of them are open.
  sections.forEach(take);
  const about = form.querySelector("[data-refused]");
  if (about && answers.get("@helper") === about.value) return explain([{ item: "@helper", message: about.dataset.refused }]);
  sender.disabled = true;
  status.textContent = status.dataset.wait;
  const { "@helper": helper = "not_said", "@told": told = "not_said", "@hearers": hearers, "@others": others, ...rest } = Object.fromEntries(answers);
  // What a child does not want kept goes nowhere, also not onto the device.
  for (const box of leftOut()) delete rest[box.value];
  const plain = JSON.stringify({
    edition: form.edition.value, language: form.language.value, code: form.code.value, helper, told, turned: isTurned,
    answers: rest, hearers, others,
  });
  const sent = id;
  const reply = await post(await kept(sent, plain), plain, sent);
  if (sent !== id) return; // The child has left; somebody else may be looking.
  if (reply.receipt) return done(reply.receipt);
  if (reply.waits) return await later(sent);
  sender.disabled = false;
  sender.focus();
  if (reply.errors) explain(reply.errors);
  else status.textContent = status.dataset.lost;
}

// The module that keeps answers on the device. Where the signal went before it came it is asked for again, by another
// name: browsers remember that a module did not come.
function waiting() {
  tries += 1;
  const again = `${form.dataset.waiting}?${tries}`;
  pool = pool.then((found) => found ?? fetchPool(again));
  return pool;
}

// Seals the answers and puts them aside before they are sent, so that nothing is lost whatever happens on the way. Where
// the device has no room, or no store at all, they stay in this page only.
async function kept(sent, plain) {
  const store = await waiting();
  if (!store?.canSeal()) return null;
  try {
    const body = JSON.stringify({
      key: form.dataset.key, sealed: await store.seal(plain, sent, form.dataset.public),
    });
    const one = { id: sent, path: `${form.getAttribute("action")}responses/${sent}/`, body };
    await store.keep(one);
    return one;
  } catch {
    return null;
  }
}

async function post(one, plain, sent) {
  const store = await waiting();
  if (one) return { ...(await store.sendKept(one)) };
  const reply = await fetch(`${form.getAttribute("action")}responses/${sent}/`, {
    method: "PUT", headers: { "Content-Type": "application/json", "Content-Language": form.language.value }, body: plain, credentials: "omit",
    signal: AbortSignal.timeout?.(30_000),
  }).catch(() => null);
  return (await reply?.json().catch(() => null)) ?? {};
}

// It waits on the device; the words of the receipt are shown if it is sent while this page is still open.
async function later(sent) {
  show(document.getElementById("waits"));
  document.querySelector(".done .go .quiet").addEventListener("click", (event) => { event.preventDefault(); beginAnew(); });
  (await waiting()).flushWhenever((taken, reply) => { if (taken === sent && reply.receipt) done(reply.receipt); });
}

// Each message goes to its question, and the first of them is opened.
function explain(errors) {
  if (errors.some(({ item }) => item === "code")) form.querySelector(".code").classList.add("asked");
  const unplaced = errors.filter(({ item, message }) => !mark(sections.find((s) => s.dataset.code === item), message));
  status.textContent = unplaced.map((error) => error.message).join(" ");
  const wrong = form.querySelector("section.s .error")?.closest("section.s");
  if (wrong) location.hash = wrong.id;
}

function mark(section, message) {
  const again = section?.querySelector(".again");
  if (!again) return false;
  const words = answers.get(section.dataset.code);
  drop(section); // It would be refused again.
  const box = section.querySelector("textarea,input[type=text]");
  if (box && typeof words === "string") box.value = words; // Nobody should have to write it all anew.
  section.querySelector(".error")?.remove();
  again.before(Object.assign(document.createElement("p"), { className: "error", tabIndex: -1, textContent: message }));
  return true;
}

function show(template) {
  removeEventListener("hashchange", move);
  forget();
  const page = template.content.cloneNode(true);
  (form.isConnected ? form : document.querySelector(".done")).replaceWith(page);
  history.replaceState(null, "", location.pathname);
  document.querySelector("main h1").focus();
}

function done(receipt) {
  show(document.getElementById("done"));
  const list = document.querySelector(".receipt");
  for (const word of receipt.split(" ")) list.append(Object.assign(document.createElement("li"), { textContent: word }));
}

// What only some surveys or devices need comes by itself, and is missed by nobody where it does not come.
function enrich() {
  const { drawing, sorting, aloud, care } = form.dataset;
  for (const [kind, address] of [["drawing", drawing], ["sort", sorting]]) {
    if (address) import(address).then(({ enrich: make }) => form.querySelectorAll(`[data-kind="${kind}"]:not(.rich)`).forEach((section) => {
      section.classList.add("rich");
      make(section);
    }));
  }
  if (care) loaded.then(() => import(care)).catch(() => {});
  if ("speechSynthesis" in window || form.querySelector("[data-audio]")) loaded.then(() => import(aloud)).then(({ offer }) => offer(form)).catch(() => {});
}

// The same screen in another language; what was answered stays, in this page only. Going there moves the focus.
async function speak(language) {
  if (sender.disabled) return; // What is on its way is in the language it was sent in.
  const other = await import(form.dataset.language)
    .then(({ page }) => page(form, language)).catch(() => null);
  const line = form.querySelector(".langs p");
  // It may come late: what was sent, or covered, in the meantime stays as it is.
  if (!form.isConnected || sender.disabled || document.querySelector(".cover")) return;
  if (!other) { line.textContent = line.dataset.lost; return; }
  sections.forEach(take);
  const before = form;
  other.show();
  begin();
  form.className = before.className;
  form.code.value = before.code.value;
  form.elements.easy.checked = before.elements.easy.checked;
  for (const { value } of leftOut(before)) form.querySelector(`[name=leave_out][value="${value}"]`)?.click();
  for (const section of sections) clear(section);
  enrich();
  keepForLater();
}

// For the next child, on the page as it comes from the server, with the way in that was scanned.
function beginAnew() {
  forget();
  history.replaceState(null, "", location.pathname + (scanned && `#${scanned}`));
  location.reload();
}

// A tablet that goes from hand to hand shows nobody what another was asked. What fails to come is asked for until it is
// there, each time by another address, because a browser may remember that one has failed.
function mindSharedDevice(tried = 0) {
  try {
    if (!localStorage.getItem("shared")) return;
  } catch {
    return;
  }
  import(form.dataset.shared + (tried ? `?${tried}` : "")).then(({ mind }) => mind(beginAnew), () => setTimeout(mindSharedDevice, 5_000, tried + 1));
}

// Holds the page for when there is no signal, and sends what waited from before.
async function keepForLater() {
  (await waiting())?.flushWhenever();
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register("/a/worker.js", { scope: "/a/" });
    const { active } = await navigator.serviceWorker.ready;
    navigator.serviceWorker.addEventListener("message", () => {
      const line = document.getElementById("offline");
      if (line) line.textContent = form.dataset.ready;
    });
    const files = [...document.querySelectorAll("link[rel=stylesheet],script[src]")].map((file) => file.href || file.src);
    // Whatever else the form names by its address.
    const more = Object.values(form.dataset).filter((value) => value[0] === "/");
    active.postMessage([location.pathname, ...files, ...more]);
  } catch {
    // Without it the survey needs signal to open; that is no reason to say anything to a child.
  }
}
