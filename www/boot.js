// Before the page is there: the chosen colours, so that nothing flashes, and a message if it cannot start.

try {
  const theme = localStorage.getItem("interleave.theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's own colours will do.
}

function cannotStart(why) {
  const boot = document.querySelector(".boot");
  // Gone once the page has taken its place; from then on it tells itself what goes wrong.
  if (!boot) return;
  boot.setAttribute("role", "alert");
  boot.querySelector("p:last-child").textContent =
    `Interleave cannot start: ${why} It needs a current Chromium, Firefox or Safari. Reload the page to try again.`;
}

addEventListener("error", (event) => cannotStart(event.message ? `${event.message}.` : "one of its files did not load."), true);
addEventListener("unhandledrejection", (event) => cannotStart(`${event.reason?.message ?? event.reason}.`));
addEventListener("DOMContentLoaded", () => {
  if (typeof WebAssembly !== "object") cannotStart("this browser has no WebAssembly.");
});
