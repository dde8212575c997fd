// What tracing costs while nobody traces: the sources as they are against the same ones with every question for an observer
// taken out. Both are loaded into one process, in either order, and called in turns; a third build that is the first once
// more says how far two builds of the same sources differ.
//
// node scripts/tracing-cost.mjs [ROUNDS]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./setup.mjs";

/** Where the questions are. */
const ASKERS = /array[/\\](allocate|ndarray)\.ts$/;
const QUESTION = /observer (!==|===) null/g;

/** Short calls, in which a question would show. */
const CASES = {
  "a.T": (np) => {
    const a = np.arange(1000).reshape([10, 100]);
    return () => a.T;
  },
  'a.slice("1:9", "::2")': (np) => {
    const a = np.arange(1000).reshape([10, 100]);
    return () => a.slice("1:9", "::2");
  },
  "reshape, a view": (np) => {
    const a = np.arange(1000).reshape([10, 100]);
    return () => a.reshape([100, 10]);
  },
  "reshape, a copy of 12": (np) => {
    const t = np.arange(12).reshape([3, 4]).T;
    return () => t.reshape([12]);
  },
  "ravel, a view": (np) => {
    const a = np.arange(1000).reshape([10, 100]);
    return () => a.ravel();
  },
  "asarray with a dtype": (np) => {
    const x = np.arange(10);
    return () => np.asarray(x, "float64");
  },
  "zeros of 10": (np) => () => np.zeros(10),
  "copy of 10": (np) => {
    const x = np.arange(10);
    return () => x.copy();
  },
  "add of 10": (np) => {
    const x = np.arange(10);
    return () => np.add(x, x);
  },
};

const CALLS = 4000;
const TURNS = 60;

function nanoseconds(call) {
  const start = performance.now();
  for (let k = 0; k < CALLS; k++) call();
  return ((performance.now() - start) / CALLS) * 1e6;
}

/** Prints the least time of each call by each build, as JSON. */
async function measure(files) {
  const libraries = [];
  for (const file of files) libraries.push(await import(pathToFileURL(file).href));
  const times = {};
  for (const [name, make] of Object.entries(CASES)) {
    const calls = libraries.map(make);
    for (let k = 0; k < 15; k++) for (const call of calls) nanoseconds(call);
    const least = calls.map(() => Number.POSITIVE_INFINITY);
    for (let k = 0; k < TURNS; k++) {
      for (const [j, call] of calls.entries()) least[j] = Math.min(least[j], nanoseconds(call));
    }
    times[name] = least;
  }
  console.log(JSON.stringify(times));
}

async function bundle(outfile, asks) {
  let taken = 0;
  const sources = {
    name: "sources",
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path),
        sideEffects: true,
      }));
      bundler.onLoad({ filter: ASKERS }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        const contents = text.replace(QUESTION, (_, sign) => {
          taken++;
          return sign === "!==" ? "false" : "true";
        });
        return { contents: asks ? text : contents, loader: "ts" };
      });
    },
  };
  const options = {
    bundle: true,
    format: "esm",
    platform: "neutral",
    external: ["node:*"],
    logLevel: "error",
  };
  const entry = { entryPoints: [join(root, "src/index.ts")], mainFields: ["module", "main"] };
  await build({ ...options, ...entry, outfile, plugins: [sources] });
  if (taken === 0) throw new Error("no question for an observer was found");
}

async function compare(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "ndview-tracing-"));
  try {
    const [without, as, again] = ["without", "as", "again"].map((name) => join(folder, `${name}.mjs`));
    await bundle(without, false);
    await bundle(as, true);
    await bundle(again, true);
    const least = Object.fromEntries(
      Object.keys(CASES).map((name) => [name, [Infinity, Infinity, Infinity]]),
    );
    for (let round = 0; round < rounds; round++) {
      const forwards = round % 2 === 0;
      const files = forwards ? [without, as, again] : [again, as, without];
      const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "measure", ...files], {
        encoding: "utf8",
      });
      for (const [name, times] of Object.entries(JSON.parse(stdout))) {
        if (!forwards) times.reverse();
        least[name] = least[name].map((time, k) => Math.min(time, times[k]));
      }
    }
    const row = (name, ...rest) => console.log(`| ${[name, ...rest].join(" | ")} |`);
    row("call", "without, ns", "with", "with, once more");
    row("---", "---", "---", "---");
    for (const [name, times] of Object.entries(least)) row(name, ...times.map((time) => time.toFixed(1)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [task = "6", ...files] = process.argv.slice(2);
if (task === "measure") await measure(files);
else await compare(Number(task));
