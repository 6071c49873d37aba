// The page's service worker. It has three duties, and none of them is needed for the page to work:
//
// 1. It answers `slow/<ms>?bytes=<n>&id=<k>` after <ms> milliseconds with <n> bytes, so that the demos have a network delay without a
//    network; with `&status=<code>` by that error, with `&file=pictures/<n>.png` by that picture of the page's own. With `&sent=<ms>`,
//    a reading of the page's clock, the delay counts from then, as a server's does on a network: what the browser needs to hand a
//    request over is no part of it.
// 2. It isolates the page where the server does not send the headers for it, so that threads can share memory.
// 3. It keeps the files of a deployment, for when there is no network and for tabs that are older than what the server has by now.
//
// Every other request goes its way as if this file did not exist: other pages of the same site are nobody's business here.

// Written by `cargo xtask finish-dist`: the files to keep, each with a hash of its content, index.html last; the sum of their sizes.
const DEPLOYMENT = { version: "", bytes: 0, files: [] };
const FILES = new Map(DEPLOYMENT.files);

const LONGEST_MS = 60_000;
const LARGEST_BYTES = 10_000_000;
const PICTURE = /^pictures\/\d+\.png$/;
const USAGE =
  "slow/<ms>?bytes=<n>&id=<k>: ms up to 60000, bytes up to 10000000; &status=<400 to 599>; &file=pictures/<n>.png";
// What is in such a file never changes: another content would have another name.
const NAMED_BY_HASH = /-[0-9a-f]{12,16}(_bg)?[./]/;
// How long the network may take for what it should tell first, before what is kept is taken.
const PATIENCE_MS = 3_000;
// How long nothing is kept after a run has begun: most are over by then.
const QUIET_MS = 10_000;
const scope = new URL(self.registration.scope).pathname;
// Caches of all versions. A page holds a lock of its version's name as long as it is open (service.js).
const CACHES = `interleave ${scope} `;
const address = (path) => new URL(path, self.registration.scope).href;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  // A page that was reloaded past the service worker asks to be taken over again.
  if (event.data === "claim") event.waitUntil(self.clients.claim());
  // A page has started and needs nothing more.
  if (event.data === "keep") event.waitUntil(keep());
  // A page measures.
  if (event.data === "runs") quietUntil = performance.now() + QUIET_MS;
});

self.addEventListener("fetch", (event) => {
  const { origin, pathname, searchParams } = new URL(event.request.url);
  if (origin !== self.location.origin || !pathname.startsWith(scope)) return;
  const path = pathname.slice(scope.length);
  // A page asks whether its blocking requests come here; where they do not, the server answers with this file.
  if (path === "sw.js" && searchParams.has("probe")) event.respondWith(answer(0, 0, 200, null, "0"));
  else if (path.startsWith("slow/")) event.respondWith(slow(path.slice("slow/".length), searchParams));
  else if (PROBE.has(path)) event.respondWith(isolating(event, new Response(...PROBE.get(path))));
  else if (event.request.method === "GET") {
    const found = file(event.request, path, searchParams.get("v"));
    if (found) event.respondWith(found.then((response) => isolating(event, response)));
  }
});

// ── The network delay of the demos ──

// How many answers are on their way, and until when nothing else is done beside them: somebody measures.
let answering = 0;
let quietUntil = 0;

function slow(text, searchParams) {
  const delay = whole(text, LONGEST_MS);
  const bytes = whole(searchParams.get("bytes") ?? "0", LARGEST_BYTES);
  const status = searchParams.has("status") ? whole(searchParams.get("status"), 599) : 200;
  const file = searchParams.get("file");
  const good =
    delay !== null && bytes !== null && (status === 200 || status >= 400) && (file === null || PICTURE.test(file));
  if (!good) return new Response(USAGE, { status: 400 });
  const left = remaining(delay, Number(searchParams.get("sent") ?? NaN));
  return answer(left, bytes, status, file, searchParams.get("id") ?? "");
}

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

async function delayed(ms) {
  answering += 1;
  await wait(ms);
  answering -= 1;
}

function headers(type, id) {
  return { "content-type": type, "cache-control": "no-store", "x-interleave-id": id };
}

function answer(delay, bytes, status, file, id) {
  if (file !== null && status === 200) return picture(delay, file, id);
  // Head first, body after the delay: a hundred answers at once are halfway through the browser by then.
  const body = new ReadableStream({
    async start(controller) {
      await delayed(delay);
      if (status === 200 && bytes > 0) controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  return new Response(body, { status, headers: headers("application/octet-stream", id) });
}

// The picture comes while the delay runs; a file that cannot be had is answered by its own error after it.
async function picture(delay, file, id) {
  const [{ body, status, type }] = await Promise.all([fetched(file), delayed(delay)]);
  return new Response(body, { status, headers: headers(type, id) });
}

async function fetched(file) {
  try {
    const response = (await kept(file)) ?? (await fetch(address(file)));
    if (response.ok) return { body: await response.arrayBuffer(), status: 200, type: "image/png" };
    return { body: "", status: response.status, type: "text/plain" };
  } catch {
    return { body: "", status: 504, type: "text/plain" };
  }
}

// ── Isolation ──

const FOR_ALL = { "cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "cross-origin" };

// A page within a page, which says to the outer one whether it is isolated; service.js asks.
const typed = (type) => ({ headers: { "content-type": type } });
const PROBE = new Map([
  ["isolated", ['<!doctype html><script src="isolated.js"></script>', typed("text/html")]],
  ["isolated.js", ["parent.postMessage({ isolated: crossOriginIsolated }, location.origin);", typed("text/javascript")]],
]);

// The response with what isolates a page, as far as its server does not say.
async function isolating(event, response) {
  // A redirection, which the browser follows and asks again.
  if (response.status === 0) return response;
  const missing = Object.entries(await policy(event)).filter(([name]) => !response.headers.has(name));
  // As it came it is quicker, and the browser keeps the compiled program of a module.
  if (missing.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function policy({ request: { destination }, clientId }) {
  if (destination === "document") return { ...FOR_ALL, "cross-origin-opener-policy": "same-origin" };
  const framed = ["iframe", "frame"].includes(destination) || (destination === "worker" && (await isFramed(clientId)));
  // Within another site's page nothing else isolates one. Browsers that do not know it pass over it.
  return framed ? { ...FOR_ALL, "document-isolation-policy": "isolate-and-credentialless" } : FOR_ALL;
}

async function isFramed(clientId) {
  return (await self.clients.get(clientId))?.frameType === "nested";
}

// ── The files of a deployment ──

// The answer to a request for a file of ours, of this version or another; null for whatever else lies below the same path.
function file(request, path, version) {
  if (request.mode === "navigate") return ["", "index.html"].includes(path) ? newest(request, "index.html") : null;
  // A page that asks for its own version's file is not to get another's.
  if (version || NAMED_BY_HASH.test(path)) return settled(request, path, version);
  return FILES.has(path) ? newest(request, path) : null;
}

async function newest(request, path) {
  const network = fetch(request, { cache: "no-cache" });
  const answer = await Promise.race([network, wait(PATIENCE_MS)]).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  return (await kept(path)) ?? network;
}

async function settled(request, path, version) {
  return (await kept(path, version)) ?? fetch(request);
}

// A file that is kept, of a certain version or else of this one before others; undefined if it is not. index.html is kept last, so
// where it is the version is whole.
async function kept(path, version) {
  const all = (await caches.keys()).filter((name) => name.startsWith(CACHES)).reverse();
  const own = CACHES + DEPLOYMENT.version;
  const names = version ? [CACHES + version] : [own, ...all.filter((name) => name !== own)];
  for (const cacheName of names) {
    const response = await caches.match(address(path), { cacheName });
    if (response) return response;
  }
  return undefined;
}

let keeping;
function keep() {
  keeping ??= store().finally(() => (keeping = undefined));
  return keeping;
}

// Keeps this deployment, one file after another and none while somebody measures; then the versions go that no page has open.
async function store() {
  const name = CACHES + DEPLOYMENT.version;
  const cache = await caches.open(name);
  const complete = await cache.match(address("index.html"));
  for (const [path, hash] of complete ? [] : FILES) {
    if (await cache.match(address(path))) continue;
    while (answering > 0 || performance.now() < quietUntil) await wait(200);
    const response = await sound(path, hash);
    // No network, or another deployment on the server, whose own service worker will keep that. The next page tries again.
    if (!response) return;
    await cache.put(address(path), response);
  }
  if (!navigator.locks) return;
  const { held } = await navigator.locks.query();
  const used = new Set([name, ...held.map((lock) => lock.name)]);
  const gone = (await caches.keys()).filter((other) => other.startsWith(CACHES) && !used.has(other));
  await Promise.all(gone.map((other) => caches.delete(other)));
}

// A file with just this content: of an older version, or else from the server.
async function sound(path, hash) {
  const cache = NAMED_BY_HASH.test(path) ? "default" : "no-cache";
  for (const find of [() => kept(path), () => fetch(address(path), { cache, priority: "low" })]) {
    const response = await find().catch(() => undefined);
    if (!response?.ok) continue;
    const bytes = await response.arrayBuffer();
    if ((await digest(bytes)) !== hash) continue;
    return new Response(bytes, { headers: { ...FOR_ALL, "content-type": response.headers.get("content-type") ?? "" } });
  }
  return undefined;
}

// The first 16 hexadecimal digits of its SHA-256.
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, 8);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
