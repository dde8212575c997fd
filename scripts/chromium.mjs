// Finds Chromium, which the tests in a browser drive, and installs it where that is one command (Debian).
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function onPath(name) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The browser's path, or undefined: what NDVIEW_CHROMIUM names, or the first that PATH has. */
export function findChromium() {
  const named = process.env.NDVIEW_CHROMIUM;
  if (named) return named;
  for (const name of NAMES) {
    const path = onPath(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** As findChromium, after an attempt to install it if it is missing and this is Debian with the right to do so. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) return undefined;
  console.error("ndview: installing Chromium for the tests in a browser (apt-get install chromium) ...");
  const options = { stdio: "ignore", timeout: 300_000 };
  spawnSync("apt-get", ["update"], options);
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
  return findChromium();
}
