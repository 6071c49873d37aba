// The element in React.
import type {} from "interleave-demo/react";
import type { ReactNode } from "react";

export const View = (): ReactNode => (
  <interleave-demo
    id="nine"
    className="wide"
    demo="nine-requests"
    height={600}
    autoplay
    ondone={({ detail }) => console.log(detail.runs.length)}
    onerror={({ detail }) => console.error(detail.message)}
  >
    What is shown without JavaScript
  </interleave-demo>
);

// @ts-expect-error There is no such attribute.
export const Wrong = (): ReactNode => <interleave-demo demos="nine-requests" />;
