// Runs before anything else, and before the first paint: sets the colours that the visitor chose, shows the first words of home or of a
// lesson while the app is on its way, and says what is wrong if the app cannot start. The app takes over all of it as soon as it is there.

"use strict";

{
  const themes = ["auto", "light", "dark"];
  const FIRST_LESSON = "one-cook";
  const supported = "Interleave needs a current Chromium, Firefox or Safari.";

  // The same key and values as in src/app/preferences.rs. A storage that is forbidden, as in some iframes, throws.
  let theme = null;
  try {
    theme = localStorage.getItem("interleave.theme");
  } catch {}
  // Of an embedded demo the page around it says, in the address.
  const isEmbedded = location.hash.startsWith("#/embed/");
  if (isEmbedded) theme = /[?&]theme=(light|dark)(?:&|$)/.exec(location.hash)?.[1];
  document.documentElement.dataset.theme = themes.includes(theme) ? theme : "auto";

  // The app's own <main> has this id; what stands there until then has not.
  const hasStarted = () => document.getElementById("main") !== null;

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const whenParsed = (then) =>
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", then) : then();

  // What was asked for before the app could: its text by its path, or null if it did not come. The app looks here first.
  const fetched = {};
  globalThis.fetched = fetched;

  const prose = (html) => {
    const made = element("div", "prose");
    // Made by our own build of the page.
    made.innerHTML = html;
    return made;
  };

  // The head of a lesson and a step's first paragraphs, as src/app/pages/lesson.rs and components/lesson/step.rs make them.
  const firstWords = ({ id, title, minutes, steps }, at) => {
    const index = /^\d+$/.test(at) ? at - 1 : steps.findIndex((step) => step.id === at);
    const step = steps[index];
    if (!step) return;
    const link = (name, href) => Object.assign(element("a", "", name), { href });
    const list = element("ol", "steps-nav");
    for (const [other, { title }] of steps.entries()) {
      const a = link(title, `#/lesson/${id}/${other + 1}`);
      if (other === index) a.setAttribute("aria-current", "step");
      list.append(element("li", "", a));
    }
    const others = [link("plain page, for print", `lessons/${id}.html`), " · ", link("present", `#/lesson/${id}/${index + 1}?present`)];
    const meta = element("div", "lesson-meta", link("Lessons", "#/lessons"), ` · about ${minutes} minutes · `, ...others);
    const head = element("header", "lesson-head", meta, element("h1", "", title), element("nav", "", list));
    const end = step.blocks.findIndex((block) => !block.prose);
    const words = step.blocks.slice(0, end < 0 ? undefined : end).map((block) => prose(block.prose.html));
    const article = element("article", "lesson", head, element("section", "step", element("h2", "", step.title), ...words));
    const place = hasStarted() ? null : document.querySelector("main.boot");
    if (isSaid()) place?.append(article);
    else place?.prepend(article);
  };

  // Not when all is parsed: then the app's script has run, too.
  const placed = new Promise((then) => {
    const look = () => (document.querySelector("main.boot") ? then() : requestAnimationFrame(look));
    look();
  });
  const painted = () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
  const [, lesson, at] = /^#\/lesson\/([a-z-]+)\/([a-z0-9-]+)$/.exec(location.hash) ?? [];
  let shown = placed;
  if (lesson) {
    const path = `lessons/${lesson}.json`;
    const text = fetch(`${path}?v=${document.documentElement.dataset.deployment}`).then((response) => (response.ok ? response.text() : null));
    fetched[path] = text.catch(() => null);
    // What cannot be read is told by the app.
    shown = Promise.all([fetched[path], placed]).then(([text]) => text && firstWords(JSON.parse(text), at)).catch(() => {});
  }
  const isHome = ["", "#/"].includes(location.hash);
  document.documentElement.dataset.first = isEmbedded ? "embed" : isHome ? "home" : "other";
  // The app's script waits for it before it asks for the program. Not for long, and not in a tab that is never painted.
  const late = new Promise((then) => setTimeout(then, 1000));
  const hasWords = isHome || lesson;
  globalThis.firstWords = hasWords ? Promise.race([shown.then(painted), late]) : Promise.resolve();
  // Most begin at home or with the first step of the first lesson, for which a part of the program is enough (`cargo xtask profile` visits
  // the same two). The rest comes when the page is idle; elsewhere both come at once, and beside the app's script where there are no words
  // to wait for.
  const isFirstVisit = isHome || (lesson === FIRST_LESSON && at === "1");
  globalThis.isFirstVisit = isFirstVisit;
  if (isFirstVisit) {
    // Safari has no idle callbacks; half a second is as good.
    const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 500));
    addEventListener("TrunkApplicationStarted", () => idle(() => globalThis.wasmBindings.fetchRest(), { timeout: 2000 }));
  } else {
    const preload = () => document.querySelector("link[type='application/wasm']")?.setAttribute("rel", "preload");
    globalThis.firstWords.then(() => placed).then(preload);
  }

  // The app may have come up since, in its place.
  const isSaid = () => document.querySelector(".boot-failed") !== null;
  const say = (what, remedy, detail, mayBeLate = false) => {
    const app = document.getElementById("app");
    const isLate = hasStarted();
    if (isSaid() || !app || (isLate && !mayBeLate)) return;
    const reload = element("button", "primary", "Reload");
    reload.addEventListener("click", () => location.reload());
    const alert = element(
      "div",
      "boot-failed",
      element("h1", "", isLate ? "Interleave had to stop" : "Interleave could not start"),
      element("p", "lead", what),
      element("p", "", remedy),
      element("p", "", reload),
    );
    alert.setAttribute("role", "alert");
    if (detail) alert.append(element("p", "boot-detail", "In detail: ", element("code", "", detail)));
    // What the app may have left half done goes; the header stays, and words that can be read without the app.
    const kept = [app.querySelector("header")].filter(Boolean);
    const words = [app.querySelector(".boot > article")].filter(Boolean);
    app.replaceChildren(...kept, element("main", "page boot", alert, ...words));
  };

  const messageOf = (error) => String(error?.message ?? error ?? "");
  // A part of the program is needed and cannot be had (rest.js): what asked for it cannot go on.
  globalThis.isIncomplete = (error) =>
    say("A part of the program could not be loaded.", "Check the connection, then reload. What you have answered is kept.", messageOf(error), true);

  const explain = (error) => {
    const detail = messageOf(error);
    const kind = error?.name ?? "";
    if (typeof WebAssembly !== "object") {
      say("WebAssembly is missing or switched off in this browser.", `${supported} Switch WebAssembly on, then reload.`);
    } else if (["CompileError", "LinkError"].includes(kind)) {
      say("This browser cannot run the WebAssembly that Interleave is made of.", `${supported} Update it, then reload.`, detail);
    } else if (kind === "RangeError") {
      say("The browser had no memory left for it.", "Close other tabs or programs, then reload.", detail);
    } else if (kind === "TypeError") {
      say("A part of the page could not be loaded.", "Check the connection, then reload.", detail);
    } else {
      say("Its program stopped while it was starting.", `Reload the page. If that does not help: ${supported}`, detail);
    }
  };

  // A script that does not arrive tells only itself, so listen on the way down.
  addEventListener(
    "error",
    ({ target, error, message }) => {
      if (target instanceof HTMLScriptElement) {
        const notLoaded = () => say("A part of the page could not be loaded.", "Check the connection, then reload.", target.src);
        whenParsed(notLoaded);
      } else if (target === window) {
        whenParsed(() => explain(error ?? message));
      }
    },
    true,
  );
  addEventListener("unhandledrejection", ({ reason }) => whenParsed(() => explain(reason)));
}
