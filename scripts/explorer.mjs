// Builds the explorer into explorer/dist when what it is made of has changed, and serves it.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const home = join(root, "explorer");
const dist = join(home, "dist");
const stamp = join(root, "node_modules/.cache/ndview/explorer");
const MADE_OF = ["src", "explorer", "examples", "samples", "package-lock.json"];

/** What pages may do: run what comes from here, and talk to nobody else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true }).map(String).sort();
  return names
    .map((name) => join(path, name))
    .filter((one) => !one.startsWith(dist) && statSync(one).isFile());
}

// Contents, not times: a checkout of another commit or a deleted file is a change as well.
function fingerprint() {
  const hash = createHash("sha256");
  for (const path of MADE_OF.flatMap((name) => filesIn(join(root, name))))
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update("\0");
  return hash.digest("hex");
}

function isFresh(wanted) {
  return existsSync(join(dist, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

// Tests run side by side, and one of them builds: the others wait for it, but not for one that has died.
async function withLock(body) {
  const lock = `${stamp}.lock`;
  mkdirSync(join(stamp, ".."), { recursive: true });
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (tries > 240) rmSync(lock, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  try {
    return await body();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Builds the explorer unless it is built already, which whoever runs the tests has seen to for all of them. */
export async function buildExplorer() {
  if (process.env.NDVIEW_EXPLORER === "built") return;
  if (isFresh(fingerprint())) return;
  await withLock(buildNow);
}

async function buildNow() {
  const wanted = fingerprint();
  if (isFresh(wanted)) return;
  console.error("ndview: building the explorer ...");
  rmSync(stamp, { force: true });
  const { build } = await import("vite");
  await build({ configFile: join(home, "vite.config.ts"), logLevel: "error" });
  writeFileSync(stamp, wanted);
}

/**
 * Serves the built explorer, by default to this machine only; port 0 is any free one. Where the port is taken, the next free one
 * is used unless `strict`. Returns the address and a function that ends it.
 */
export async function serveExplorer({ port = 4173, host = "127.0.0.1", strict = false } = {}) {
  const { preview } = await import("vite");
  const server = await preview({
    configFile: join(home, "vite.config.ts"),
    logLevel: "error",
    preview: { port, host, strictPort: strict, open: false, headers: { "Content-Security-Policy": POLICY } },
  });
  const { address, port: chosen } = server.httpServer.address();
  const name = address === "0.0.0.0" || address === "::" ? "localhost" : address;
  const url = `http://${name.includes(":") ? `[${name}]` : name}:${chosen}/`;
  return { url, port: chosen, close: () => server.close() };
}
