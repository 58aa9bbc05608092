// Holds a survey that was opened once, and the page beside it that asks for a person, so that they open again without
// signal. It keeps documents and their files only:
// no answer, no reply, no page of one person. A file is fetched anew when there is signal, and kept as it was if not.
const KEPT = "surveys-1";
const PATIENCE = 4000;
const SURVEY = /^\/a\/(?!posters\/|back\/|waiting\/)[\w-]+\/(?:[a-z]{2}\/)?(?:contact\/)?$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("surveys-") && name !== KEPT) await caches.delete(name);
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (SURVEY.test(pathname) || pathname === "/a/waiting/" || pathname.includes("/answering/")) {
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
