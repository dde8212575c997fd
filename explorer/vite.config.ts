import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { readSignatures } from "./build/signatures.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const source = fileURLToPath(new URL("../src", import.meta.url));

/** `virtual:signatures`: what completion says of functions, read from the library's sources. */
function signatures(): Plugin {
  const name = "virtual:signatures";
  const text = () => JSON.stringify(JSON.stringify(readSignatures(source)));
  return {
    name: "ndview-signatures",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export default JSON.parse(${text()});` : undefined),
  };
}

/**
 * Methods are given to arrays by modules that export nothing. package.json says so of what is published, which bundlers take
 * for word of the sources too.
 */
function methods(): Plugin {
  return {
    name: "ndview-methods",
    transform: (code, id) =>
      /\/src\/methods(\/[\w-]+)?\.ts$/.test(id) ? { code, map: null, moduleSideEffects: true } : undefined,
  };
}

/** The page asks for its main part before it has run anything, and for its style with it. */
function preload(): Plugin {
  return {
    name: "ndview-preload",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => {
        const page = Object.values(bundle ?? {}).find((one) => one.type === "chunk" && one.name === "page");
        if (page?.type !== "chunk") return [];
        const styles = page.viteMetadata?.importedCss ?? new Set();
        return [
          { tag: "link", attrs: { rel: "modulepreload", href: `./${page.fileName}` }, injectTo: "head" },
          ...[...styles].map((href) => ({
            tag: "link",
            attrs: { rel: "stylesheet", href: `./${href}` },
            injectTo: "head" as const,
          })),
        ];
      },
    },
  };
}

export default defineConfig({
  root,
  base: "./",
  logLevel: "warn",
  plugins: [signatures(), preload()],
  worker: { format: "es", plugins: () => [methods()] },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
