// npm run size: what an import of ndview costs a browser, bundled, minified and gzipped, against a ceiling.
import { gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { build } from "./build.mjs";
import { root, setup } from "./setup.mjs";

/** A ceiling is raised in the change that needs it, with the reason here: [bytes, "what is worth them"]. */
const ENTRIES = [
  {
    name: "everything",
    code: 'import * as np from "ndview"; globalThis.np = np;',
    ceilings: [
      [75_000, "the first version: arrays, views, dtypes, printing, files"],
      [170_000, "all ufuncs with their kernels, reductions, statistics, products"],
      [
        303_500,
        "sorting, sets, indexing, strings, dates, text files, records, iterators, einsum, assertions",
      ],
      [373_000, "expressions in NumPy's notation, pictures of memory, traces of copies, mapped files"],
      [385_500, "kernels in stages, counting and index arrays by kernels, chains of float64 where they lie"],
      [389_000, "arrays that live with the kernels; a few elements, places and products by short ways"],
    ],
  },
  {
    name: "array only",
    code: 'import { array } from "ndview"; globalThis.array = array;',
    ceilings: [
      [60_000, "the edge gives NDArray all its methods, so most of it comes along"],
      [105_000, "operators, reductions and products are methods"],
      [157_000, "indexing, sorting and searching are methods; strings and dates are read and printed"],
      [164_000, "quick ways for casts, strided lines, windows, index arrays and reductions"],
      [167_700, "the same for a few elements and places; arrays that live with the kernels"],
    ],
  },
  {
    name: "one function: add",
    code: 'import { add } from "ndview/functions"; globalThis.f = add;',
    ceilings: [
      [40_000, "arrays, casts between all dtypes, moves of all layouts, the driver"],
      [41_000, "loops that add float64 where they lie, few or very many"],
      [43_500, "the same for rows of any length and windows; casts and strided lines in longer loops"],
      [45_800, "arrays that live with the kernels, a few elements of any layout by one loop: twice as fast"],
    ],
  },
  {
    name: "one function: exp",
    code: 'import { exp } from "ndview/functions"; globalThis.f = exp;',
    ceilings: [
      [45_500, "the same, and kernels for floats and complex numbers"],
      [48_700, "exponentials in stages, twice as fast; functions of float16 in tables"],
      [51_100, "what add grew by"],
    ],
  },
  {
    name: "one function: sum",
    code: 'import { sum } from "ndview/functions"; globalThis.f = sum;',
    ceilings: [
      [53_500, "the same as add, and reductions along any axes"],
      [56_200, "rows in pieces that stay in the first cache, and what add grew by"],
      [58_500, "what add grew by"],
    ],
  },
  {
    name: "one function: draw",
    code: 'import { draw } from "ndview/explain"; globalThis.f = draw;',
    ceilings: [[32_000, "arrays, their texts, and pictures in three forms; no kernels"]],
  },
];

async function measure({ name, code, ceilings }) {
  const result = await bundle({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["node:*"],
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const [output] = Object.values(result.metafile.outputs);
  const text = result.outputFiles[0].contents;
  const statics = output.imports.filter((entry) => entry.external && entry.kind === "import-statement");
  return { name, minified: text.length, gzipped: gzipSync(text, { level: 9 }).length, ceilings, statics };
}

// A static import of node: would stop a browser from loading the bundle at all.
function faultsOf({ name, gzipped, ceilings, statics }) {
  const [ceiling] = ceilings.at(-1);
  const faults = statics.map((entry) => `${name}: imports ${entry.path} at once; import it where it is used`);
  if (gzipped > ceiling) faults.push(`${name}: ${gzipped} bytes gzipped is over its ceiling of ${ceiling}`);
  return faults;
}

setup();
build();
const rows = await Promise.all(ENTRIES.map(measure));
console.log("| import | minified | gzipped | ceiling | for |\n|---|---:|---:|---:|---|");
for (const { name, minified, gzipped, ceilings } of rows) {
  const [ceiling, reason] = ceilings.at(-1);
  console.log(`| ${name} | ${minified} | ${gzipped} | ${ceiling} | ${reason} |`);
}
const faults = rows.flatMap(faultsOf);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
