// The network delay of the demos, without a network: answers `slow/<ms>?bytes=<n>&id=<k>` after <ms> milliseconds with <n>
// bytes. Everything else goes its way as if this file did not exist.

const LONGEST_MS = 60_000;
const LARGEST_BYTES = 10_000_000;
const scope = new URL(self.registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
// A page that was reloaded past the service worker asks to be taken over again.
self.addEventListener("message", (event) => {
  if (event.data === "claim") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { origin, pathname, searchParams } = new URL(event.request.url);
  // A page asks whether its blocking requests come here; where they do not, the server answers with this file.
  if (origin === self.location.origin && pathname === `${scope}sw.js` && searchParams.has("probe")) {
    event.respondWith(answer(0, 0, "0"));
    return;
  }
  if (origin !== self.location.origin || !pathname.startsWith(`${scope}slow/`)) return;
  const delay = whole(pathname.slice(`${scope}slow/`.length), LONGEST_MS);
  const bytes = whole(searchParams.get("bytes") ?? "0", LARGEST_BYTES);
  event.respondWith(
    delay === null || bytes === null
      ? new Response("slow/<ms>?bytes=<n>&id=<k>: ms up to 60000, bytes up to 10000000", { status: 400 })
      : answer(delay, bytes, searchParams.get("id") ?? ""),
  );
});

function whole(text, largest) {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number <= largest ? number : null;
}

async function answer(delay, bytes, id) {
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  return new Response(new Uint8Array(bytes), {
    headers: { "content-type": "application/octet-stream", "cache-control": "no-store", "x-interleave-id": id },
  });
}
