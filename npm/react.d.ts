// `import type {} from "interleave-demo/react"` teaches React's JSX the element. React 19 sets its properties and listens to its events.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { InterleaveDemoElement, InterleaveDemoEventMap, InterleaveTheme } from "./index.js";

type DemoAttributes = Omit<DetailedHTMLProps<HTMLAttributes<InterleaveDemoElement>, InterleaveDemoElement>, "onError"> & {
  demo?: string;
  engines?: string;
  parameters?: string;
  lesson?: string;
  step?: string | number;
  trace?: string;
  height?: string | number;
  theme?: InterleaveTheme;
  autoplay?: boolean;
} & { [Type in keyof InterleaveDemoEventMap as `on${Type}`]?: (event: InterleaveDemoEventMap[Type]) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "interleave-demo": DemoAttributes;
    }
  }
}
