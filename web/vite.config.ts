import { existsSync, readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { worldPlugin } from "./world.ts";

const here = dirname(fileURLToPath(import.meta.url));
const source = resolve(here, "src");

/** Every folder of `src` with a `main.ts` is an entry of its own, named after the folder. */
const entries = Object.fromEntries(
  readdirSync(source)
    .filter((name) => name !== "shared" && existsSync(resolve(source, name, "main.ts")))
    .map((name) => [name, resolve(source, name, "main.ts")]),
);

export default defineConfig({
  root: here,
  // Addresses relative to the module that asks, so that the service works under any path.
  base: "./",
  publicDir: false,
  plugins: [worldPlugin()],
  logLevel: "warn",
  build: {
    target: "es2022",
    outDir: resolve(here, "../src/gcm_graph/service/static/web"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // No data: addresses for scripts or fonts: the pages' policy does not let them in.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: entries,
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "chunk-[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
