// Asking for a person, also without signal: the message is sealed, waits on the device like answers do, and goes on its
// own. Nothing in it, and no id of it, is shared with any answers. Where it cannot wait, the form is sent as it is.
const form = document.getElementById("f");
const sender = form.querySelector(".send button");
const id = crypto.randomUUID?.();

let isAnotherLanguage = false;

// Before anything is waited for: who leaves early leaves no words either.
addEventListener("hiding", empty);
addEventListener("pagehide", empty);
form.addEventListener("click", (event) => { isAnotherLanguage = event.target.name === "to"; });

const store = await import(form.dataset.waiting).catch(() => null);
if (id && store?.canSeal()) form.addEventListener("submit", (event) => { if (!isAnotherLanguage) { event.preventDefault(); send(); } });

// Not reset: a page may have come with what was written in it.
function empty() {
  for (const field of form.querySelectorAll("textarea,input[type=text]")) field.value = "";
  for (const choice of form.querySelectorAll("input[type=radio]")) choice.checked = false;
}

async function send() {
  if (sender.disabled) return;
  // Without signal nobody could say it later.
  if (!form.reach.value.trim()) return explain([{ item: "reach", message: form.dataset.missing }]);
  sender.disabled = true;
  const one = await kept().catch(() => null);
  if (!one) return form.submit();
  const reply = await store.sendKept(one);
  sender.disabled = false;
  if (reply.errors) explain(reply.errors);
  else if (reply.waits) wait();
  else { empty(); show("sent"); }
}

async function kept() {
  const { token, to, ...message } = Object.fromEntries(new FormData(form));
  const plain = JSON.stringify({ ...message, language: document.documentElement.lang });
  const body = JSON.stringify({ key: form.dataset.key, sealed: await store.seal(plain, id, form.dataset.public) });
  const one = { id, path: `${form.dataset.messages}${id}/`, body };
  await store.keep(one);
  return one;
}

function wait() {
  show("waits");
  store.flushWhenever((taken, reply) => {
    if (taken !== id) return;
    if (!reply.errors) { empty(); show("sent"); return; }
    document.querySelector(".done").replaceWith(form);
    explain(reply.errors);
  });
}

// What was written stays in memory while this page is open, to be put right if it is refused.
function show(name) {
  const page = document.getElementById(name).content.cloneNode(true);
  (form.isConnected ? form : document.querySelector(".done")).replaceWith(page);
  document.querySelector("main h1").focus();
}

function explain(errors) {
  form.querySelector(".errors")?.remove();
  const box = document.getElementById("wrong").content.cloneNode(true).firstElementChild;
  const list = box.appendChild(document.createElement("ul"));
  for (const { item, message } of errors) {
    const link = Object.assign(document.createElement("a"), { href: `#${item || "send"}`, textContent: message });
    list.appendChild(document.createElement("li")).append(link);
  }
  form.prepend(box);
  box.focus();
}
