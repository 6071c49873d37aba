// Has the service worker come up (sw.js says what it is for), and reloads the page, once, where that isolates it. The page works without.
//
// At top level the page is reloaded when the service worker has taken it over, the server did not isolate it, and nobody has touched it
// yet. Within another page it is reloaded only if threads are wanted there and a probe has shown that this browser isolates such pages.

"use strict";

{
  // Refused with an error in a frame whose sandbox gives it no origin.
  const serviceWorkers = () => {
    try {
      return navigator.serviceWorker;
    } catch {
      return undefined;
    }
  };
  const serviceWorker = serviceWorkers();
  const framed = self !== top;
  const { deployment } = document.documentElement.dataset;

  // As long as this page is open, the service worker deletes no file of its version. Refused where there is no storage.
  const name = `interleave ${new URL("./", location.href).pathname} ${deployment}`;
  navigator.locks?.request(name, { mode: "shared" }, () => new Promise(() => {})).catch(() => {});

  // What somebody has begun is not taken away.
  let touched = false;
  for (const type of ["pointerdown", "keydown", "interleave-runs"]) {
    addEventListener(type, () => (touched = true), { capture: true, once: true });
  }

  // What is measured is not disturbed by what is kept.
  addEventListener("interleave-runs", () => serviceWorker?.controller?.postMessage("runs"));

  // Once in a tab, or for an embed in it: a page that is not isolated then never will be. Without storage that cannot be known.
  const mayReload = () => {
    const mark = framed ? `interleave.reloaded ${location.hash.slice(0, 200)}` : "interleave.reloaded";
    try {
      if (sessionStorage.getItem(mark)) return false;
      sessionStorage.setItem(mark, "once");
      return true;
    } catch {
      return false;
    }
  };
  const reload = () => {
    if (!crossOriginIsolated && !touched && mayReload()) location.reload();
  };

  // What is refused is told by the run that needs it.
  let registering;
  const register = () => (registering ??= serviceWorker.register("./sw.js").catch(() => undefined));
  // Who has just come wants the machine for what they came for.
  const KEPT_AFTER_MS = 6_000;
  const keep = () => serviceWorker.ready.then(({ active }) => setTimeout(() => active?.postMessage("keep"), KEPT_AFTER_MS));

  if (serviceWorker && !framed) {
    let started = false;
    const whenStarted = () => {
      started = true;
      register();
      keep();
    };
    addEventListener("TrunkApplicationStarted", whenStarted, { once: true });
    serviceWorker.addEventListener("controllerchange", () => {
      reload();
      // A new version came up.
      if (started) keep();
    });
    // Where it isolates the page, the sooner the better; else it can wait until the page has what it needs.
    if (!crossOriginIsolated) register();
  }

  const PROBED_WITHIN_MS = 3_000;

  // Whether a page within a page can be isolated in this browser: tried with one that says so.
  const framesIsolate = () =>
    new Promise((resolve) => {
      const probe = document.createElement("iframe");
      const done = (isolated) => {
        removeEventListener("message", hear);
        probe.remove();
        resolve(isolated);
      };
      const hear = ({ source, data }) => {
        if (source === probe.contentWindow) done(data?.isolated === true);
      };
      addEventListener("message", hear);
      // Not from now on: on a slow machine or line the frame itself may be long in coming.
      probe.addEventListener("load", () => setTimeout(done, PROBED_WITHIN_MS, false));
      probe.hidden = true;
      probe.src = "./isolated";
      document.body.append(probe);
    });

  if (serviceWorker && framed && !crossOriginIsolated) {
    const controlled = () =>
      new Promise((resolve) => {
        if (serviceWorker.controller) resolve();
        else serviceWorker.addEventListener("controllerchange", resolve, { once: true });
      });
    const isolate = async () => {
      if (!(await register())) return;
      await controlled();
      if (await framesIsolate()) reload();
    };
    addEventListener("interleave-wants-threads", isolate, { once: true });
  }
}
