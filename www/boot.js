// Runs before anything else, and before the first paint: sets the colours that the visitor chose, and says what is wrong if the
// app cannot start. The app takes over both as soon as it is there.

"use strict";

{
  const themes = ["auto", "light", "dark"];
  const supported = "Interleave needs a current Chromium, Firefox or Safari.";

  // The same key and values as in src/app/preferences.rs. A storage that is forbidden, as in some iframes, throws.
  let theme = null;
  try {
    theme = localStorage.getItem("interleave.theme");
  } catch {}
  document.documentElement.dataset.theme = themes.includes(theme) ? theme : "auto";

  // The app's own <main> has this id; what stands there until then has not.
  const hasStarted = () => document.getElementById("main") !== null;

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  let said = false;
  const say = (what, remedy, detail) => {
    const app = document.getElementById("app");
    if (said || !app || hasStarted()) return;
    said = true;
    const reload = element("button", "primary", "Reload");
    reload.addEventListener("click", () => location.reload());
    const main = element(
      "main",
      "page boot boot-failed",
      element("h1", "", "Interleave could not start"),
      element("p", "lead", what),
      element("p", "", remedy),
      element("p", "", reload),
    );
    main.setAttribute("role", "alert");
    if (detail) main.append(element("p", "boot-detail", "In detail: ", element("code", "", detail)));
    // What the app may have left half done goes, the header stays.
    const header = app.querySelector("header");
    app.replaceChildren(...(header ? [header] : []), main);
  };

  const whenParsed = (then) =>
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", then) : then();

  const explain = (error) => {
    const detail = String(error?.message ?? error ?? "");
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
