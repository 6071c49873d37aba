// The network delay of the demos, without a network: answers `slow/<ms>?bytes=<n>&id=<k>` after <ms> milliseconds with <n>
// bytes; with `&status=<code>` by that error, with `&file=pictures/<n>.png` by that picture of the page's own. With `&sent=<ms>`,
// a reading of the page's clock, the delay counts from then, as a server's does on a network: what the browser needs to hand a
// request over is no part of it. Everything else goes its way as if this file did not exist.

const LONGEST_MS = 60_000;
const LARGEST_BYTES = 10_000_000;
const PICTURE = /^pictures\/\d+\.png$/;
const USAGE =
  "slow/<ms>?bytes=<n>&id=<k>: ms up to 60000, bytes up to 10000000; &status=<400 to 599>; &file=pictures/<n>.png";
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
    event.respondWith(answer(0, 0, 200, null, "0"));
    return;
  }
  if (origin !== self.location.origin || !pathname.startsWith(`${scope}slow/`)) return;
  const delay = whole(pathname.slice(`${scope}slow/`.length), LONGEST_MS);
  const bytes = whole(searchParams.get("bytes") ?? "0", LARGEST_BYTES);
  const status = searchParams.has("status") ? whole(searchParams.get("status"), 599) : 200;
  const file = searchParams.get("file");
  const good =
    delay !== null && bytes !== null && (status === 200 || status >= 400) && (file === null || PICTURE.test(file));
  if (!good) {
    event.respondWith(new Response(USAGE, { status: 400 }));
    return;
  }
  const left = remaining(delay, Number(searchParams.get("sent") ?? NaN));
  event.respondWith(answer(left, bytes, status, file, searchParams.get("id") ?? ""));
});

// How much of a delay is left, ms.
function remaining(delay, sent) {
  const passed = performance.timeOrigin + performance.now() - sent;
  return passed > 0 ? Math.max(delay - passed, 0) : delay;
}

function whole(text, largest) {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number <= largest ? number : null;
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function headers(type, id) {
  return { "content-type": type, "cache-control": "no-store", "x-interleave-id": id };
}

function answer(delay, bytes, status, file, id) {
  if (file !== null && status === 200) return picture(delay, file, id);
  // Head first, body after the delay: a hundred answers at once are halfway through the browser by then.
  const body = new ReadableStream({
    async start(controller) {
      await wait(delay);
      if (status === 200 && bytes > 0) controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  return new Response(body, { status, headers: headers("application/octet-stream", id) });
}

// The picture comes while the delay runs; a file that cannot be had is answered by its own error after it.
async function picture(delay, file, id) {
  const [{ body, status, type }] = await Promise.all([fetched(file), wait(delay)]);
  return new Response(body, { status, headers: headers(type, id) });
}

async function fetched(file) {
  try {
    const response = await fetch(new URL(file, self.registration.scope));
    if (response.ok) return { body: await response.arrayBuffer(), status: 200, type: "image/png" };
    return { body: "", status: response.status, type: "text/plain" };
  } catch {
    return { body: "", status: 504, type: "text/plain" };
  }
}
