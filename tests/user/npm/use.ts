// What a user of the package may write, and what its types refuse: tsc complains if they do not.
import type { InterleaveRun } from "interleave-demo";

const demo = document.querySelector("interleave-demo")!;
demo.demo = "nine-requests";
demo.theme = "dark";
demo.autoplay = true;
demo.addEventListener("ready", () => demo.run());
demo.addEventListener("run", (event) => event.detail.engines.join(", "));
demo.addEventListener("done", ({ detail }) => {
  const runs: InterleaveRun[] = detail.runs;
  return runs.map((run): number | undefined => run.statistics?.makespanMs);
});
demo.addEventListener("error", (event): string => event.detail.message);
demo.addEventListener("click", (event): number => event.clientX);
export const running: boolean = demo.running;
document.body.append(demo, document.createElement("interleave-demo"));

// @ts-expect-error There is no such theme.
demo.theme = "pink";
// @ts-expect-error That is for the element to say.
demo.running = true;
// @ts-expect-error Engines are told when a run begins, not when it is done.
demo.addEventListener("done", (event) => event.detail.engines);
