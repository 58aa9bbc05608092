// Asking for a person, also without signal: the message is sealed, waits on the device like answers do, and goes on its
// own. Nothing in it, and no id of it, is shared with any answers. Where it cannot wait, the form is sent as it is.
const form = document.getElementById("f");
const sender = form.querySelector(".send button");
const store = await import(form.dataset.waiting).catch(() => null);
const id = crypto.randomUUID?.();

if (id && store?.canSeal()) form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
addEventListener("hiding", () => form.reset());
addEventListener("pagehide", () => form.reset());

async function send() {
  if (sender.disabled) return;
  sender.disabled = true;
  const one = await kept().catch(() => null);
  if (!one) return form.submit();
  const reply = await store.sendKept(one);
  sender.disabled = false;
  if (reply.errors) explain(reply.errors);
  else if (reply.waits) wait();
  else show("sent");
}

async function kept() {
  const { token, ...message } = Object.fromEntries(new FormData(form));
  const plain = JSON.stringify({ ...message, language: document.documentElement.lang });
  const body = JSON.stringify({ key: form.dataset.key, sealed: await store.seal(plain, id, form.dataset.public) });
  const one = { id, path: `${form.dataset.messages}${id}/`, body };
  await store.keep(one);
  return one;
}

function wait() {
  show("waits");
  store.flushWhenever((taken) => { if (taken === id) show("sent"); });
}

function show(name) {
  form.reset();
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
