/** The element `<interleave-demo>`. `import "interleave-demo"` loads it, where modules are served as they are. */
export interface InterleaveDemoElement extends HTMLElement {
  /** The demo's id, as in its address `#/demo/…`; or it is a `lesson`, or a `trace`. */
  demo: string;
  /** Keys of engines, by commas: `await-each,gather`. Empty: the demo's own. */
  engines: string;
  /** As in a link: `requests=9&delay=300`. Empty: the demo's own. */
  parameters: string;
  /** A lesson's id, with `step`. */
  lesson: string;
  /** The id or number of a step of `lesson`. */
  step: string;
  /** The address of a Chrome trace. */
  trace: string;
  /** A fixed height, CSS px. Empty: 480 px, and more where that moves nothing. */
  height: string;
  /** Empty: `auto`, as the text around it. */
  theme: "" | InterleaveTheme;
  /** Whether it runs as soon as it is near and nothing else on the page runs. */
  autoplay: boolean;
  /** Whether it is running. */
  readonly running: boolean;
  /** Runs it, or shows its trace, as soon as it is loaded; what else runs on the page is cancelled. */
  run(): void;
  /** Cancels what runs or is about to. */
  cancel(): void;
  /** Ends whatever goes on, without an event, and begins anew with the poster. */
  reset(): void;

  addEventListener<K extends keyof InterleaveDemoEventMap>(
    type: K,
    listener: (this: InterleaveDemoElement, event: InterleaveDemoEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends Exclude<keyof HTMLElementEventMap, keyof InterleaveDemoEventMap>>(
    type: K,
    listener: (this: InterleaveDemoElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof InterleaveDemoEventMap>(
    type: K,
    listener: (this: InterleaveDemoElement, event: InterleaveDemoEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<K extends Exclude<keyof HTMLElementEventMap, keyof InterleaveDemoEventMap>>(
    type: K,
    listener: (this: InterleaveDemoElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
}

export type InterleaveTheme = "auto" | "light" | "dark";

/** Its events, none of which bubbles. */
export interface InterleaveDemoEventMap {
  /** It can be run. */
  ready: CustomEvent<null>;
  /** A run begins, whoever started it. */
  run: CustomEvent<InterleaveRunDetail>;
  /** A run has ended, in whatever way, or a trace is shown. */
  done: CustomEvent<InterleaveDoneDetail>;
  /** Something cannot be shown or run. */
  error: CustomEvent<InterleaveErrorDetail>;
}

export interface InterleaveRunDetail {
  /** Keys of the engines, in the order they run. */
  engines: string[];
}

export interface InterleaveDoneDetail {
  /** The demo's id; `trace` for a trace. */
  demo: string;
  runs: InterleaveRun[];
}

export interface InterleaveErrorDetail {
  /** What and why, in words. */
  message: string;
}

/** What an engine came to, or what a trace holds. */
export interface InterleaveRun {
  /** The engine's key; `trace` for a trace. */
  engine: string;
  /** Its name on the screen; of a trace, the file's. */
  name: string;
  state: "done" | "failed" | "cancelled";
  /** Where the numbers come from; without numbers, nothing. */
  source?: "measured" | "simulated" | "recorded" | "imported" | null;
  /** Why it failed, in words. */
  why?: string | null;
  /** Whether its results were checked and right; nothing where there are none to check. */
  correct?: boolean | null;
  /** How many times as fast as the first it was. */
  speedUp?: number | null;
  /** Its numbers; none if it did not come to its end. */
  statistics?: InterleaveStatistics | null;
}

export interface InterleaveStatistics {
  /** How long it took, ms. */
  makespanMs: number;
  /** Time spent computing, over all workers, ms. */
  runningMs: number;
  /** Time spent waiting for I/O, over all tasks, ms. */
  waitingMs: number;
  /** Tasks in progress, on average. */
  overlap: number;
  /** Most tasks in progress at once. */
  peakInProgress: number;
  /** Most workers computing at once. */
  peakRunning: number;
  /** Longest time without a frame, ms; nothing if it was not watched. */
  longestFrameGapMs?: number | null;
}

declare global {
  interface HTMLElementTagNameMap {
    "interleave-demo": InterleaveDemoElement;
  }
}
