import { defineConfig } from "vitepress";

export default defineConfig({
  title: "Docs with demos",
  // On every page; where there is no demo it does nothing.
  head: [["script", { type: "module", src: "https://interleave.example/embed.js" }]],
  themeConfig: {
    sidebar: [
      { text: "Waiting", link: "/" },
      { text: "Computing", link: "/computing" },
    ],
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "interleave-demo" } } },
});
