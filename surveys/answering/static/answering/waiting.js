// Finished answers that wait on this device until there is signal: sealed to the server's public key, so that nobody who
// opens the device can read them, and erased when the server says that it has them. Nothing here depends on a clock.
const NAME = "waiting";
const encoder = new TextEncoder();
const TAKEN = 1, REFUSED = 2, LATER = 3;

export const canSeal = () => Boolean(globalThis.crypto?.subtle);

function written(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}

// Seals a delivery under its response's id; the server opens it in surveys/answering/sealing.py.
export async function seal(delivery, id, publicKey) {
  const { subtle } = crypto;
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await subtle.importKey("raw", bytesOf(publicKey), curve, false, []);
  const own = await subtle.generateKey(curve, false, ["deriveBits"]);
  const head = new Uint8Array(await subtle.exportKey("raw", own.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const drawn = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: head, info: encoder.encode("earshot sealed delivery 1") };
  const key = await subtle.deriveKey(how, drawn, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const way = { name: "AES-GCM", iv, additionalData: encoder.encode(id) };
  const sealed = new Uint8Array(await subtle.encrypt(way, key, encoder.encode(delivery)));
  return written(new Uint8Array([...head, ...iv, ...sealed]));
}

function open() {
  return new Promise((resolve, reject) => {
    // Some browsers never say whether there is a store; nobody's answers wait for that.
    setTimeout(reject, 3_000, new Error("silent"));
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

async function inStore(mode, act) {
  const store = await open();
  try {
    return await new Promise((resolve, reject) => {
      // Strict: it is on the disk before we say that it waits.
      const change = store.transaction(NAME, mode, { durability: "strict" });
      const asked = act(change.objectStore(NAME));
      change.oncomplete = () => resolve(asked.result);
      change.onerror = change.onabort = () => reject(change.error ?? new Error("aborted"));
    });
  } finally {
    store.close();
  }
}

export const keep = (waiting) => inStore("readwrite", (store) => store.put(waiting));
export const all = () => inStore("readonly", (store) => store.getAll());
const erase = (id) => inStore("readwrite", (store) => store.delete(id));

// One delivery: taken, refused for good, or to be tried later.
async function deliver(path, body) {
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), 30_000);
  try {
    const reply = await fetch(path, {
      method: "PUT", body, credentials: "omit", signal: stop.signal,
      // The language in which somebody looks at this page, and no answer kept here tells its own.
      headers: { "Content-Type": "application/json", "Content-Language": document.documentElement.lang },
    });
    if (reply.ok) return { outcome: TAKEN, ...(await reply.json()) };
    const said = await reply.json().catch(() => ({}));
    // What something on the way refuses, we have not refused. Others need not wait because one is not taken yet.
    const isLater = [408, 425, 429].includes(reply.status) || reply.status >= 500 || !said.errors;
    return isLater ? { outcome: LATER, isAnswered: true } : { outcome: REFUSED, status: reply.status, ...said };
  } catch {
    return { outcome: LATER };
  } finally {
    clearTimeout(patience);
  }
}

const wasTaken = (reply) => reply.outcome === TAKEN;
const wasRefused = (reply) => reply.outcome === REFUSED;

// Sends what was just put aside. Refused while the child is still there: it can be put right, so it does not wait.
export async function sendKept(one) {
  const reply = await deliver(one.path, one.body);
  if (reply.outcome === LATER) return { waits: true };
  await erase(one.id).catch(() => {});
  return reply;
}

// Tries everything that waits, one tab at a time. What is refused stays, sealed, and is counted apart: words that a
// child wrote are not thrown away because a wave was closed.
export async function flush(onTaken = () => {}) {
  const tell = async () => {
    for (const one of await all()) {
      if (one.refused) continue;
      const reply = await deliver(one.path, one.body);
      if (wasTaken(reply)) {
        await erase(one.id);
        onTaken(one.id, reply);
      } else if (wasRefused(reply)) {
        await keep({ ...one, refused: reply.status });
        onTaken(one.id, reply);
      } else if (!reply.isAnswered) break;
    }
  };
  if (navigator.locks) await navigator.locks.request(NAME, tell);
  else await tell();
}

// Tries when there may be signal again; the wait between two tries grows, and differs from device to device.
let tellTaken = () => {};
let tryNow = null;

export function flushWhenever(onTaken, onDone = () => {}) {
  tellTaken = onTaken ?? tellTaken;
  if (tryNow) return tryNow();
  let pause = 5_000, timer = 0;
  const attempt = async () => {
    clearTimeout(timer);
    try {
      await flush((taken, reply) => tellTaken(taken, reply));
      const left = (await all()).filter((one) => !one.refused).length;
      onDone();
      if (!left) return;
    } catch {
      return;
    }
    pause = Math.min(pause * 2, 300_000);
    timer = setTimeout(attempt, pause * (0.5 + Math.random()));
  };
  tryNow = () => { pause = 5_000; attempt(); };
  addEventListener("online", tryNow);
  addEventListener("pageshow", tryNow);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tryNow(); });
  attempt();
}

export async function retryRefused() {
  for (const one of await all()) if (one.refused) await keep({ ...one, refused: 0 });
}
