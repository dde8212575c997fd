// npm test [-- FILE | FOLDER | WORD ...] [--near] [--options of node --test]: sets up, builds, bundles and runs
// test/**/*.test.ts. With --near every array moves to the memory of kernels at once (test/near.ts).
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { buildExplorer } from "./explorer.mjs";
import { root, setup } from "./setup.mjs";
import { bundleTests } from "./test-bundle.mjs";

function testFiles() {
  return readdirSync(join(root, "test"), { recursive: true })
    .map((name) => `test/${String(name).replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".test.ts"))
    .sort();
}

// A word picks the files whose path holds it, so a file or a folder is a word too.
function choose(files, words) {
  if (words.length === 0) return files;
  return files.filter((file) => words.some((word) => file.includes(word.replace(/^\.\//, ""))));
}

const usesTheBuild = (file) => readFileSync(join(root, file), "utf8").includes("dist");

// What is called python3 may be a script that looks for Python, at each of hundreds of starts: the tests get what it finds.
function findNumpy() {
  const python = process.env.NDVIEW_PYTHON ?? "python3";
  const code = "import numpy, sys; print(numpy.__version__); print(sys.executable)";
  const asked = spawnSync(python, ["-c", code], { encoding: "utf8" });
  if (asked.status !== 0) return undefined;
  const [version, executable] = asked.stdout.trim().split(/\r?\n/);
  if (executable) process.env.NDVIEW_PYTHON ??= executable;
  return version;
}

function runNode(files, options) {
  // A person reads the tree, a log wants the plain protocol: Node 20 and 24 differ in what they choose.
  const reporter = process.stdout.isTTY ? "spec" : "tap";
  const args = ["--enable-source-maps", "--test", "--test-concurrency=2", `--test-reporter=${reporter}`];
  const { status } = spawnSync(process.execPath, [...args, ...options, ...files], {
    cwd: root,
    stdio: "inherit",
  });
  return status ?? 1;
}

function sayOracle(numpy) {
  if (numpy !== undefined) console.log(`oracle: live, NumPy ${numpy}`);
  else console.log("oracle: golden files only (no python3 with NumPy found)");
  const missing = numpy === undefined && process.env.CI === "true";
  if (missing)
    console.log("oracle: CI needs it; install NumPy, or name a Python that has it in NDVIEW_PYTHON");
  return missing ? 1 : 0;
}

// Before the tests run side by side: one of them installs nothing under the others' feet.
function sayBrowser() {
  const path = ensureChromium();
  if (path !== undefined) process.env.NDVIEW_CHROMIUM = path;
  console.log(path === undefined ? "browser: none found, its tests are left out" : `browser: ${path}`);
}

setup();
const given = process.argv.slice(2);
const files = choose(
  testFiles(),
  given.filter((word) => !word.startsWith("--")),
);
if (files.length === 0) {
  console.error(`test: no test file matches ${given.join(" ")}`);
  process.exit(1);
}
if (files.some(usesTheBuild)) build();
if (files.some((file) => file.startsWith("test/browser/"))) sayBrowser();
if (files.some((file) => /explorer|start\.test/.test(file))) {
  await buildExplorer();
  process.env.NDVIEW_EXPLORER = "built";
}
const numpy = findNumpy();
const bundle = await bundleTests(files).catch(() => {
  console.error("test: the sources cannot be bundled, as said above; no test was run");
  process.exit(1);
});
process.env.NDVIEW_TEST_BUNDLE = bundle.folder;
process.env.NDVIEW_TEST_NUMPY = numpy ?? "";
const options = given.filter((word) => word.startsWith("--") && word !== "--near");
if (given.includes("--near"))
  options.push("--import", pathToFileURL(join(bundle.folder, "test/near.js")).href);
const failed = runNode(bundle.files, options);
process.exitCode = sayOracle(numpy) || failed;
