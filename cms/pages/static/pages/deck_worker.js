// Holds decks of cards that were opened once, so that they open again without signal: pages that are the same for
// everybody, and their files. It holds nothing of any child, because a deck knows nothing of one.
const KEPT = "talk-1";
const PATIENCE = 4000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("talk-") && name !== KEPT) await caches.delete(name);
  await clients.claim();
})()));

addEventListener("message", (event) => event.waitUntil((async () => {
  const kept = await caches.open(KEPT);
  await Promise.allSettled(event.data.map((path) => kept.add(path)));
  event.source?.postMessage("kept");
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === "GET" && origin === location.origin) event.respondWith(freshOrKept(request, pathname));
});

// What is kept is fetched anew when there is signal, and shown as it was if not; what is not kept is not kept by this.
async function freshOrKept(request, pathname) {
  const kept = await caches.open(KEPT);
  const before = await kept.match(pathname);
  if (!before) return fetch(request);
  const fresh = fetch(request).then((reply) => {
    if (reply.ok) kept.put(pathname, reply.clone());
    else if (reply.status === 404 || reply.status === 410) kept.delete(pathname);
    return reply;
  });
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE, before));
  return Promise.race([fresh.catch(() => before), slow]);
}
