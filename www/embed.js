// The element <interleave-demo>, which puts a live demo into anybody's page; EMBEDDING.md says how it is used. Until the demo is there
// its chart stands in its place, as the simulator draws it, with a button. The demo itself is a page of the site that this file comes
// from, in a frame: the two talk over one port in the few messages that src/embed/ lists, and trust one another with nothing else.

const VERSION = "1";
const SITE = new URL("./", import.meta.url);
const ID = /^[a-z0-9-]{1,60}$/;
const RESERVED_PX = 480;
const MOST_PX = 10_000;
const MOST_LENGTH = 100_000;
const ANSWERS_WITHIN_MS = 60_000;
// A page that its own host has put into a sandbox has no origin, and gives none to its frames: then the nonce alone tells.
const SITE_IN_FRAME = self.origin === "null" && location.protocol !== "file:" ? "null" : SITE.origin;
const CONTENT = ["demo", "engines", "parameters", "lang", "lesson", "step", "trace"];

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; }
:host([hidden]) { display: none; }
.stage { position: relative; box-sizing: border-box; overflow: hidden; border: 1px solid #8a8378; border-radius: 6px;
  background: #fff; color: #1d1b18; font: 15px/1.5 system-ui, sans-serif; }
.dark { background: #1c1a18; color: #ece8e1; }
.poster { position: absolute; inset: 0; display: grid; grid-template-rows: auto minmax(0, 1fr); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding: 12px 16px; }
img { inline-size: 100%; block-size: 100%; object-fit: contain; object-position: top; }
.dark img { filter: invert(0.89) hue-rotate(180deg); }
button { min-block-size: 44px; padding: 0 24px; border: 0; border-radius: 6px; background: #2c3f8f; color: #fff; font: inherit;
  font-weight: 600; cursor: pointer; }
.dark button { background: #a9b6f5; color: #14173a; }
button:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
iframe { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; border: 0; visibility: hidden; }
.live iframe { visibility: visible; }
.live .poster { display: none; }
.problem { margin: 0 0 8px; padding: 8px 16px; border: 1px solid; border-radius: 6px; font: 15px/1.5 system-ui, sans-serif; }
[hidden] { display: none !important; }
.ink { display: none; color: color-mix(in srgb, currentcolor, currentcolor); }
@media screen { .stage:not([hidden]) ~ slot { display: none; } }
@media print { .stage, .problem { display: none; } }
`);

const make = (name, className, text = "") =>
  Object.assign(document.createElement(name), { className, textContent: text });
const warn = (what) => console.warn(`<interleave-demo>: ${what}`);

// The element that runs, of all on this page, and those that want to when nobody does.
let active = null;
const waiting = new Set();
const next = () => {
  const [first] = waiting;
  if (active || !first) return;
  waiting.delete(first);
  first.run();
};

// A message as text, or null if it is none that an embed may send.
const heard = (data) => {
  if (typeof data !== "string" || data.length > MOST_LENGTH) return null;
  let said;
  try {
    said = JSON.parse(data);
  } catch {
    return null;
  }
  if (said?.interleave !== VERSION || !Object.hasOwn(KINDS, said.kind) || !KINDS[said.kind](said)) return null;
  return said;
};
const isText = (value) => typeof value === "string";
const KINDS = {
  hello: ({ nonce }) => isText(nonce),
  ready: () => true,
  size: ({ height }) => Number.isInteger(height) && height >= 0,
  run: ({ engines }) => Array.isArray(engines) && engines.every(isText),
  done: ({ demo, runs }) =>
    isText(demo) && Array.isArray(runs) && runs.every((run) => isText(run?.engine) && isText(run.state)),
  error: ({ message }) => isText(message),
};

class InterleaveDemo extends HTMLElement {
  static observedAttributes = [...CONTENT, "height", "theme"];

  #stage = make("div", "stage");
  #poster = make("div", "poster");
  #button = make("button", "", "Run");
  #picture = make("img", "");
  #problem = make("p", "problem");
  #ink = make("span", "ink");
  #frame = null;
  #nonce = "";
  #port = null;
  #timer = 0;
  #isReady = false;
  #isRunning = false;
  // Whether it is to run as soon as it can, and whether the frame has been told so.
  #wanted = false;
  #asked = false;
  // Whether who reads the page has done something in it.
  #acted = false;
  #near = null;
  #looks = null;
  #system = null;
  #dark = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const bar = make("div", "bar");
    bar.append(this.#button, make("span", "", "Simulated, with the demo’s own settings; run it to see what this browser does."));
    this.#poster.append(bar, this.#picture);
    this.#stage.append(this.#poster);
    this.#problem.setAttribute("role", "alert");
    this.#problem.hidden = true;
    this.#button.type = "button";
    this.#picture.crossOrigin = "anonymous";
    this.#picture.loading = "lazy";
    this.#picture.addEventListener("error", () => (this.#picture.hidden = true));
    this.#button.addEventListener("click", () => {
      this.#acted = true;
      this.run();
    });
    root.append(this.#ink, this.#problem, this.#stage, document.createElement("slot"));
  }

  connectedCallback() {
    for (const name of [...CONTENT, "height", "theme", "autoplay"]) this.#upgrade(name);
    this.#looks = new MutationObserver(this.#lookAround);
    for (const part of [document.documentElement, document.body]) this.#looks.observe(part, { attributes: true });
    this.#system = matchMedia("(prefers-color-scheme: dark)");
    this.#system.addEventListener("change", this.#lookAround);
    this.reset();
  }

  disconnectedCallback() {
    this.#drop();
    this.#near?.disconnect();
    this.#looks.disconnect();
    this.#system.removeEventListener("change", this.#lookAround);
  }

  attributeChangedCallback(name) {
    if (!this.isConnected || !this.#system) return;
    if (name === "theme") this.#lookAround();
    else if (name === "height") this.#reserve();
    else this.reset();
  }

  /** Whether it is running. */
  get running() {
    return this.#isRunning;
  }

  /** Runs it, or shows its trace; what else runs on this page is cancelled. */
  run() {
    waiting.delete(this);
    if (!this.isConnected || this.#stage.hidden || this.#isRunning || this.#asked || this.#isStep) return;
    this.#becomeActive();
    this.#wanted = true;
    this.#button.textContent = "Loading…";
    this.#load();
    this.#start();
  }

  /** Cancels what runs, or what is still to. */
  cancel() {
    waiting.delete(this);
    if (this.#isRunning) this.#say({ kind: "cancel" });
    else if (this.#wanted || this.#asked) this.reset();
  }

  /** Ends whatever goes on, and begins again with the poster. */
  reset() {
    this.#drop();
    this.#stage.classList.remove("live");
    this.#stage.hidden = false;
    this.#problem.hidden = true;
    this.#button.textContent = this.trace ? "Show the trace" : "Run";
    this.#poster.querySelector("span").hidden = !!this.trace || this.#isStep;
    this.#reserve();
    this.#lookAround();
    const wrong = this.#wrong();
    if (wrong) return this.#fail(wrong);
    const hasPicture = !this.trace && !this.#isStep;
    this.#picture.hidden = !hasPicture;
    if (hasPicture) {
      this.#picture.alt = `What “${this.demo}” comes to, simulated`;
      this.#picture.src = new URL(`posters/${this.demo}.svg`, SITE);
    }
    this.#button.hidden = this.#isStep;
    this.#watch();
  }

  get #isStep() {
    return !!this.lesson;
  }

  // What was set before this script came is a property of the element's own, and hides ours.
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  // What is wrong with the attributes, or nothing.
  #wrong() {
    if (this.trace) {
      const url = URL.canParse(this.trace, document.baseURI) && new URL(this.trace, document.baseURI);
      if (!url || !["https:", "http:"].includes(url.protocol)) return `The trace “${this.trace}” is at no web address.`;
    } else if (this.#isStep) {
      if (!ID.test(this.lesson) || !ID.test(this.step)) return "“lesson” and “step” have to be a lesson’s id and a step’s.";
    } else if (!ID.test(this.demo)) {
      return `There is no demo “${this.demo}”.`;
    }
  }

  #fail(message) {
    if (!this.#isReady) {
      this.#drop();
      this.#problem.textContent = message;
      this.#problem.hidden = false;
      this.#stage.hidden = true;
    }
    this.dispatchEvent(new CustomEvent("error", { detail: { message } }));
  }

  // Loads the frame when it comes near.
  #watch() {
    this.#near?.disconnect();
    const near = (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#near.disconnect();
      this.#load();
      if (!this.autoplay || this.#isStep) return;
      waiting.add(this);
      next();
    };
    this.#near = new IntersectionObserver(near, { rootMargin: "50% 0px" });
    this.#near.observe(this.#stage);
  }

  #load() {
    if (this.#frame) return;
    this.#nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.#frame = document.createElement("iframe");
    this.#frame.allow = "cross-origin-isolated";
    this.#frame.referrerPolicy = "no-referrer";
    this.#frame.title = `Interleave: ${this.trace ? "a trace" : this.lesson || this.demo}`;
    this.#frame.src = this.#address();
    addEventListener("message", this.#onHello);
    this.#timer = setTimeout(() => this.#fail(`${SITE.host} does not answer.`), ANSWERS_WITHIN_MS);
    this.#stage.append(this.#frame);
  }

  #address() {
    const own = { host: self.origin, nonce: this.#nonce, theme: this.#dark ? "dark" : "light", lang: this.lang };
    const query = new URLSearchParams(own);
    let what = this.demo;
    if (this.trace) {
      what = "trace";
      query.set("file", new URL(this.trace, document.baseURI));
    } else if (this.#isStep) {
      what = "lesson";
      query.set("lesson", this.lesson);
      query.set("step", this.step);
    } else {
      if (this.engines) query.set("engines", this.engines);
      for (const [key, value] of new URLSearchParams(this.parameters)) query.append(key, value);
    }
    return new URL(`#/embed/${what}?${query}`, SITE);
  }

  // Ends the frame, and with it whatever it does.
  #drop() {
    removeEventListener("message", this.#onHello);
    clearTimeout(this.#timer);
    this.#near?.disconnect();
    this.#port?.close();
    this.#frame?.remove();
    this.#port = this.#frame = null;
    this.#isReady = this.#acted = false;
    waiting.delete(this);
    this.#ended();
  }

  #ended() {
    this.#isRunning = this.#wanted = this.#asked = false;
    if (active !== this) return;
    active = null;
    next();
  }

  #becomeActive() {
    const before = active;
    active = this;
    if (before !== this) before?.cancel();
  }

  // The page in the frame says hello, and is given its port. It may load itself anew, and then begins anew.
  #onHello = ({ source, origin, data }) => {
    if (!this.#frame || source !== this.#frame.contentWindow) return;
    const said = heard(data);
    if (origin !== SITE_IN_FRAME || said?.kind !== "hello" || said.nonce !== this.#nonce) {
      return warn(`a message from ${origin} was ignored`);
    }
    this.#port?.close();
    this.#isReady = false;
    if (this.#isRunning) this.#ended();
    // It was asked to run while it went.
    this.#wanted ||= this.#asked;
    this.#asked = false;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = this.#onSaid;
    const offer = { interleave: VERSION, kind: "port", nonce: this.#nonce };
    source.postMessage(JSON.stringify(offer), SITE_IN_FRAME === "null" ? "*" : SITE_IN_FRAME, [port2]);
  };

  #onSaid = ({ data }) => {
    const said = heard(data);
    const { interleave, kind, ...detail } = said ?? {};
    if (kind === "ready" && !this.#isReady) {
      clearTimeout(this.#timer);
      this.#isReady = true;
      if (this.#isStep) this.#show();
      this.dispatchEvent(new CustomEvent("ready"));
      this.#start();
    } else if (kind === "size") {
      this.#grow(detail.height);
    } else if (kind === "run") {
      this.#isRunning = true;
      this.#asked = false;
      this.#becomeActive();
      this.dispatchEvent(new CustomEvent("run", { detail }));
    } else if (kind === "done") {
      this.#ended();
      this.dispatchEvent(new CustomEvent("done", { detail }));
    } else if (kind === "error") {
      this.#ended();
      this.#fail(detail.message);
    } else {
      warn("a message from the frame was ignored");
    }
  };

  #say(said) {
    this.#port?.postMessage(JSON.stringify({ interleave: VERSION, ...said }));
  }

  #start() {
    if (!this.#isReady || !this.#wanted) return;
    this.#wanted = false;
    this.#asked = true;
    this.#show();
    this.#say({ kind: "run" });
  }

  // The demo takes the poster's place. The focus goes on only if it was on what goes away.
  #show() {
    const hadFocus = this.shadowRoot.activeElement === this.#button;
    this.#stage.classList.add("live");
    if (hadFocus) this.#frame.focus({ preventScroll: true });
  }

  #reserve() {
    const fixed = parseInt(this.height, 10);
    this.#stage.style.blockSize = `${fixed > 0 ? Math.min(fixed, MOST_PX) : RESERVED_PX}px`;
  }

  // Higher, if that moves nothing that somebody reads: below what is in view, or where who reads has acted.
  #grow(height) {
    if (parseInt(this.height, 10) > 0) return;
    const { top, bottom, height: now } = this.#stage.getBoundingClientRect();
    const wanted = Math.min(height + 2, MOST_PX);
    this.#acted ||= this.getRootNode().activeElement === this;
    if (wanted > now && (top >= innerHeight || (this.#acted && bottom > 0))) this.#stage.style.blockSize = `${wanted}px`;
  }

  // Dark if the text of the page around is light, unless the attribute says which.
  #lookAround = () => {
    const [r, g, b] = getComputedStyle(this.#ink).color.match(/[\d.e-]+/g)?.map(Number) ?? [0, 0, 0];
    const dark = { dark: true, light: false }[this.theme] ?? 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.5;
    this.#stage.classList.toggle("dark", dark);
    if (dark !== this.#dark) this.#say({ kind: "theme", theme: dark ? "dark" : "light" });
    this.#dark = dark;
  };
}

for (const name of [...CONTENT, "height", "theme"].filter((name) => name !== "lang")) {
  Object.defineProperty(InterleaveDemo.prototype, name, {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      this.setAttribute(name, value);
    },
    configurable: true,
    enumerable: true,
  });
}
Object.defineProperty(InterleaveDemo.prototype, "autoplay", {
  get() {
    return this.hasAttribute("autoplay");
  },
  set(value) {
    this.toggleAttribute("autoplay", !!value);
  },
  configurable: true,
  enumerable: true,
});

if (!customElements.get("interleave-demo")) customElements.define("interleave-demo", InterleaveDemo);
