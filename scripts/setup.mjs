// Makes a fresh clone ready: the dependencies of the lock file, nothing else. Has no dependency itself.
import { spawnSync } from "node:child_process";
import { realpathSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));

const OLDEST = [20, 19];

function modified(path) {
  return statSync(new URL(`../${path}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(`ndview needs Node ${OLDEST.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Whether the module at `url` is what Node was started with, not something it imports. */
export function isCommand(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/** Runs a command with this terminal's input and output; ends this process with its code if it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs npm itself; npm tells its scripts where it lives, which also works on Windows. */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith(".js")) run(process.execPath, [cli, ...args]);
  else run("npm", args, { shell: process.platform === "win32" });
}

/** Installs the locked dependencies when node_modules is missing or older than the lock file. */
export function setup() {
  checkNode();
  if (modified("node_modules/.package-lock.json") >= modified("package-lock.json")) return;
  console.error("ndview: installing the locked dependencies (npm ci) ...");
  npm(["ci", "--no-audit", "--no-fund"]);
}

if (isCommand(import.meta.url)) setup();
