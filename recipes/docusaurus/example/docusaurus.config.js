export default {
  title: "Docs with demos",
  url: "https://docs.example",
  baseUrl: "/",
  onBrokenLinks: "throw",
  // On every page; where there is no demo it does nothing.
  scripts: [{ src: "https://interleave.example/embed.js", type: "module" }],
  // Both are in the preset “classic” as well.
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/", sidebarPath: "./sidebars.js" }]],
  themes: ["@docusaurus/theme-classic"],
};
