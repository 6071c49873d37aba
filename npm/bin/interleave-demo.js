#!/usr/bin/env node
// `interleave-demo copy FOLDER` puts the package's files where a site serves its own from. The element finds the rest of the site
// beside itself, so they are served as they are, and no bundler may take them apart.

import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
// By these a copy of ours is known.
const OURS = ["embed.js", "sw.js", "index.html"];

const fail = (message) => {
  console.error(`interleave-demo: ${message}`);
  process.exit(1);
};

const [command, folder, ...more] = process.argv.slice(2);
if (command !== "copy" || !folder || more.length > 0) {
  fail("say `interleave-demo copy FOLDER`, a folder that your site serves as it is, such as public/interleave");
}
try {
  if (existsSync(folder)) {
    const there = readdirSync(folder);
    if (there.length > 0 && !OURS.every((name) => there.includes(name))) {
      fail(`${folder} holds something else, and is left as it is; name a folder that is empty or not there yet`);
    }
    // Names change with contents: what an older copy has must not stay.
    rmSync(folder, { recursive: true });
  }
  cpSync(DIST, folder, { recursive: true });
} catch (error) {
  fail(`${folder} cannot be written: ${error.message}`);
}
console.log(`Interleave is in ${folder}; load embed.js from where that is served, as <script type="module">`);
