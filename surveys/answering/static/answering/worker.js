// Holds a survey that was opened once, and the page beside it that asks for a person, so that they open again without
// signal. It keeps documents and their files only: no answer, no reply, no page of one person. A file is fetched anew when there is signal, and kept as it was if not.
const KEPT = "surveys-1";
const PATIENCE = 4000;
const SURVEY = /^\/a\/(?!audio\/|posters\/|waiting\/)[\w-]+\/(?:[a-z]{2}\/)?(?:contact\/)?$/;
const WORDS = /^\/a\/help\.[a-z]{2}\.txt$/;
const RECORDING = /^\/a\/audio\/[0-9a-f]{64}\.mp3$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("surveys-") && name !== KEPT) await caches.delete(name);
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (RECORDING.test(pathname)) event.respondWith(heard(request, pathname));
  else if (SURVEY.test(pathname) || WORDS.test(pathname) || pathname === "/a/waiting/" || pathname.includes("/answering/")) {
    event.respondWith(freshOrKept(request, pathname));
  }
});

addEventListener("message", (event) => event.waitUntil((async () => {
  const kept = await caches.open(KEPT);
  await Promise.allSettled(event.data.map((path) => kept.add(path)));
  event.source?.postMessage("kept");
})()));

async function freshOrKept(request, pathname) {
  const kept = await caches.open(KEPT);
  const fresh = fetch(request).then((reply) => {
    // A survey that is closed is not kept open by an old copy; one of another language has an address of its own.
    if (reply.ok) kept.put(pathname, reply.clone());
    return reply;
  });
  const before = await kept.match(pathname);
  if (!before) return fresh;
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE, before));
  return Promise.race([fresh.catch(() => before), slow]);
}

// A recording never changes, so what is kept of it is as good as new. It is kept when it is first listened to.
async function heard(request, pathname) {
  const kept = await caches.open(KEPT);
  let whole = await kept.match(pathname);
  if (!whole) {
    whole = await fetch(pathname, { credentials: "omit" });
    if (whole.status !== 200) return whole;
    await kept.put(pathname, whole.clone()).catch(() => {}); // It is heard even where there is no room.
  }
  return piece(whole, request.headers.get("range"));
}

// Players ask for pieces, and some play nothing that they cannot get in pieces.
async function piece(whole, range) {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === undefined) return whole;
  const sound = await whole.arrayBuffer();
  const begin = Number(first), end = Math.min(last ? Number(last) : Infinity, sound.byteLength - 1);
  const headers = { "Content-Type": "audio/mpeg", "Accept-Ranges": "bytes", "Content-Range": `bytes */${sound.byteLength}` };
  if (begin > end) return new Response(null, { status: 416, headers });
  headers["Content-Range"] = `bytes ${begin}-${end}/${sound.byteLength}`;
  return new Response(sound.slice(begin, end + 1), { status: 206, headers });
}
