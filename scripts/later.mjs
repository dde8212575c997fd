// Parts of the package that Node reads when a function of theirs is first called. What is rarely used would be half of the
// text of an import and more, and reading text is most of the time of an import.
//
// A module that is listed here is replaced by one with a function of the same name for each of its functions, which loads the
// part and calls the real one. The parts are CommonJS, the one form that can be loaded at once in the middle of a program, in
// every Node and in every test runner; they have the rest of the package handed to them, so there is one of each module.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { root } from "./setup.mjs";

/** `name*` for each of the names in a folder. */
const within = (folder, names) => names.split(" ").map((name) => `${folder}/${name}`);

/**
 * Modules of which others use functions only, by the part they are in; "*" where constants are plain functions as well. What
 * they alone import comes along. Nothing that most programs call belongs here, nor what is called for each element.
 */
const PARTS = {
  files: [
    ...within("io", "load save memmap rawfile tofile npy header contents pieces member zip-read zip-write"),
    ...within("io", "inflate libc mapped-region node-files"),
    ...within("io", "text-source loadtxt savetxt genfromtxt fromregex fromstring"),
  ],
  explain: within("explain", "draw picture trace explain-copy"),
  testing: within("testing", "assert-arrays assert-compare assert-ulp assert-values"),
  records: within(
    "ops",
    "recfunctions-fields* recfunctions-join* recfunctions-names recfunctions-unstructured",
  ),
  structs: within("dtype", "struct struct-access subarray-access comma"),
  strings: [
    ...within("ops/strings", "casing char classify* codecs compare* encode pad partition repeat replace"),
    ...within("ops/strings", "search split strip translate"),
    "io/string-format",
  ],
  texts: [
    ...within("engine", "string-rows string-compare"),
    ...within("dtype", "string-access string-casts"),
    ...within("array/format", "base-repr format-float"),
  ],
  dates: [
    ...within("ops", "busdays date-text"),
    ...within("dtype", "calendar date-convert date-parse"),
    ...within("array", "date-lists date-strings"),
    ...within("engine", "date-rows kernels/dates*"),
    "wasm/date-kernels",
  ],
  statistics: [
    ...within("ops", "bin-edges bincount convolve covariance gradient histogram histogramdd interp"),
    ...within("ops", "median nan-reductions nan-statistics quantiles special unwrap"),
  ],
  shapes: [
    ...within("ops", "apply-along-axis block choose delete extents fill-diagonal frompyfunc"),
    ...within("ops", "grid-indices index-ravel insert kron packbits pad"),
    ...within("ops", "piecewise select tile triangles trim-zeros vectorize windows"),
  ],
  expressions: ["expr/compile"],
  einsum: ["ops/einsum"],
  products: [
    ...within(
      "engine",
      "matmul matmul-axes matmul-call matmul-contract matmul-copies matmul-panels matmul-small",
    ),
    ...within("engine", "matmul-staging matmul-vectors kernels/matmul kernels/matmul-pack"),
    ...within("ops", "products-contract products-vectors tensordot"),
  ],
  ufuncs: within("engine", "at outer reduceat resolve-dtypes"),
  inspection: within("engine", "errstate inspect-casts inspect-steps"),
  functions: within("engine/kernels", "arctan* inverse-trig* hyperbolic-inverse* log-add-exp* neighbours*"),
  running: within("engine", "accumulate accumulate-scan reduce-position"),
  joining: [
    ...within("ops", "concatenate stack split axis-concatenation roll repeat cross differences where"),
    "array/repeatlanes",
  ],
  making: [
    ...within("array", "asstrided generated grids log10 logspaces mgrid require vander"),
    ...within("array", "byteswap livearrays memory memoryof sharing"),
  ],
  iteration: within("ops", "nditer-buffer nditer-flags nditer-plan nditer-walk nested-iters"),
  indexing: [
    ...within(
      "array",
      "places gather gatherline indexmove maskchunks maskmove maskpack maskruns flatmove truths",
    ),
    ...within("ops", "take put along-axis nonzero"),
    "engine/index-offsets",
  ],
  handing: within("interop", "handoff dlpack"),
  sorting: within("ops", "isin lexsort partition searchsorted sets sort unique"),
};

/** What every entry and every part imports, so that esbuild keeps it in one chunk: few files are read sooner than many. */
const TOGETHER = [
  "functions",
  "engine/string-ufuncs",
  "array/textcasts",
  "ops/axis-option",
  "ops/joining",
  "wasm/relaxed",
  "dtype/blanks",
];

const sourceOf = (name) => join(root, "src", `${name.replace("*", "")}.ts`);
const listed = Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part]));
const partOf = new Map(listed.map(([name, part]) => [sourceOf(name), part]));
const paths = [...partOf.keys()];
const withConstants = new Set(listed.filter(([name]) => name.endsWith("*")).map(([name]) => sourceOf(name)));

/** The constants of a module that are numbers, texts or other names of its functions: what stands for it has them, too. */
function constantsIn(path) {
  const text = readFileSync(path, "utf8");
  const value = /^export const (\w+)(?:: [\w ]+)? = (-?[\d._*() +n-]+|"[^"\\]*"|\w+);$/gm;
  return [...text.matchAll(value)].filter(
    ([, , given]) => /^\W*\d|^"/.test(given) || functionsDeclared(text).includes(given),
  );
}

const functionsDeclared = (text) =>
  [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map(([, name]) => name);

/** The names of the functions that a module exports. */
function functionsIn(path) {
  const text = readFileSync(path, "utf8");
  const constants = constantsIn(path).map(([, name]) => name);
  const declared = withConstants.has(path)
    ? /^export (?:(?:async )?function\*?|const) (\w+)/gm
    : /^export (?:async )?function\*? (\w+)/gm;
  const names = new Set([...text.matchAll(declared)].map(([, name]) => name));
  return [...names].filter((name) => !constants.includes(name));
}

/** A function's name in its part, where functions of several modules may have one name. */
const inPart = (path, name) => `${name}_${paths.indexOf(path)}`;

/** What stands for a module: its functions, by their names. */
function standIn(path) {
  const functions = functionsIn(path).map(
    (name, k) => `let $${k};
export function ${name}(...$) { return ($${k} ??= $part().${inPart(path, name)})(...$); }`,
  );
  const constants = constantsIn(path).map(([, name, value]) => `export const ${name} = ${value};`);
  return [`import { $part } from "the:${partOf.get(path)}";`, ...functions, ...constants].join("\n");
}

/** Imports of what all have in common. */
export function together(path) {
  const others = TOGETHER.map(sourceOf).filter((other) => other !== path);
  return others.map((other) => `import ${JSON.stringify(other)};\n`).join("");
}

/** The functions of a part. */
function wholePart(part) {
  const own = paths.filter((path) => partOf.get(path) === part);
  const lines = own.map((path) => {
    const names = functionsIn(path).map((name) => `${name} as ${inPart(path, name)}`);
    return `export { ${names.join(", ")} } from ${JSON.stringify(path)};`;
  });
  return together() + lines.join("\n");
}

/** All functions by their names, which expressions ask for: an object that is made in their part, and not by an import. */
const ALL = { asked: sourceOf("expr/names"), of: sourceOf("functions") };

async function allFunctions() {
  const { metafile } = await build({
    entryPoints: [ALL.of],
    bundle: true,
    format: "esm",
    packages: "external",
    metafile: true,
    write: false,
  });
  const [{ exports }] = Object.values(metafile.outputs);
  return `export { ${exports.join(", ")} } from ${JSON.stringify(ALL.of)};`;
}

/** Puts what stands for them in the place of the listed modules, for all but the modules of the same part. */
export const LATER = {
  name: "later",
  setup(bundler) {
    bundler.onResolve({ filter: /^part:/ }, ({ path }) => ({
      path: path.slice("part:".length),
      namespace: "part",
    }));
    bundler.onLoad({ filter: /./, namespace: "part" }, ({ path }) => ({
      contents: wholePart(path),
      resolveDir: root,
    }));
    bundler.onResolve({ filter: /^the:/ }, ({ path }) => ({
      path: path.slice("the:".length),
      namespace: "the",
    }));
    bundler.onLoad({ filter: /./, namespace: "the" }, ({ path }) => ({
      contents: `export const $part = () => import("part:${path}");`,
      resolveDir: root,
    }));
    bundler.onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, importer, namespace }) => {
      if (namespace === "part" || namespace === "all") return { path };
      const file = join(resolveDir, path);
      if (importer === ALL.asked && file === ALL.of) return { path: file, namespace: "all" };
      const part = partOf.get(file);
      return part === undefined || partOf.get(importer) === part
        ? undefined
        : { path: file, namespace: "later" };
    });
    bundler.onLoad({ filter: /./, namespace: "all" }, async () => ({
      contents: await allFunctions(),
      resolveDir: root,
    }));
    bundler.onLoad({ filter: /./, namespace: "later" }, ({ path }) => ({
      contents: standIn(path),
      resolveDir: root,
    }));
  },
};

const LOADER = "node-later.js";

/** Each part by a literal path, so that whoever gathers a program's files finds them. */
const loaderOf = (parts) => `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const parts = {
${parts.map((file) => `  "./${file}": () => require("./${file.replace(/js$/, "cjs")}"),\n`).join("")}};
const chunks = {};
export const here = (name, chunk) => { chunks[name] = chunk; };
export const later = (name) => chunks[name] ?? load(name);
function load(name) {
  let part;
  try {
    part = parts[name]();
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    throw new Error(
      \`ndview: \${name.replace(/js$/, "cjs")} is missing beside \${import.meta.url}, and Node reads it when it is first needed. \` +
        'Let the bundler take "ndview" by the condition "module", or leave it outside of the bundle.',
    );
  }
  const module = { exports: {} };
  part(later, module);
  return chunks[name] = module.exports;
}
`;

/** What a file of the output brings along: what it imports at once, or with `parts` what it may need later as well. */
function reached(outputs, from, parts = false, found = new Set()) {
  if (found.has(from)) return found;
  found.add(from);
  for (const { path, kind, external } of outputs[from].imports) {
    if (external) continue;
    if (kind === "import-statement" || (parts && outputs[path].entryPoint.startsWith("part:"))) {
      reached(outputs, path, parts, found);
    }
  }
  return found;
}

/** `import("./x.js")` of a part, as a call that gives it at once: what `replace` takes. */
const callsOf = (isPart, call) => [
  /\bimport\("\.\.?\/([^"]+)"\)/g,
  (whole, file) => (isPart(file) ? `${call}("./${file}")` : whole),
];

/**
 * `import { a, b as c } from "./x.js"` of a part, as what it is then. What the part needs of the rest is imported in its place,
 * so that it is there.
 */
function takenLater(text, isPart, restOf) {
  return text
    .replace(/\bimport\s*(?:\{([^}]*)\}\s*from)?\s*"(\.\.?\/)([^"]+)";/g, (whole, names, folder, file) => {
      if (!isPart(file)) return whole;
      const imports = restOf(file).map((rest) => `import"${folder}${rest}";`);
      const taken = names === undefined ? "" : `const{${names.replace(/ as /g, ":")}}=`;
      return `${imports.join("")}${taken}$later("./${file}");`;
    })
    .replace(...callsOf(isPart, "$later"));
}

/** The files to be written, from those of esbuild: the parts as CommonJS, what loads them, and the rest. */
export async function withParts({ outputFiles, metafile: { outputs } }) {
  const parts = Object.keys(outputs).filter((name) => outputs[name].entryPoint?.startsWith("part:"));
  // What `import "ndview"` reads at once stays as it is. Other entries may have parts that need more of it than they do.
  const common = reached(outputs, "dist/node-index.js");
  const later = new Set(
    parts.flatMap((name) => [...reached(outputs, name)]).filter((name) => !common.has(name)),
  );
  const needed = new Set([...later].flatMap((name) => outputs[name].imports.map(({ path }) => path)));
  const isPart = (file) => later.has(`dist/${file}`);
  const restOf = (file) => {
    const rest = [...reached(outputs, `dist/${file}`)].filter((name) => common.has(name));
    return rest.map((name) => name.slice("dist/".length));
  };
  const files = new Map([[LOADER, loaderOf([...later].map((name) => name.slice("dist/".length)))]]);
  for (const { path, text } of outputFiles) {
    const file = path.slice(join(root, "dist/").length).replaceAll("\\", "/");
    const name = `dist/${file}`;
    if (later.has(name)) {
      files.set(file.replace(/js$/, "cjs"), await asPart(text.replace(...callsOf(isPart, "require"))));
      continue;
    }
    const up = file.includes("/") ? "../" : "./";
    const whole = takenLater(text, isPart, restOf);
    const before = whole === text ? [] : [`import{later as $later}from"${up}${LOADER}";`];
    if (needed.has(name)) {
      before.push(
        `import{here as $here}from"./${LOADER}";import*as $self from"./${file}";$here("./${file}",$self);`,
      );
    }
    if (outputs[name].entryPoint !== undefined) {
      const own = reached(outputs, name);
      const more = [...reached(outputs, name, true)].filter(
        (other) => needed.has(other) && common.has(other) && !own.has(other),
      );
      before.push(...more.map((other) => `import"${up}${other.slice("dist/".length)}";`));
    }
    files.set(file, narrow(before.join("") + whole));
  }
  return files;
}

async function asPart(text) {
  const { code } = await transform(text, {
    format: "cjs",
    target: "es2022",
    supported: { "dynamic-import": true },
    minifyWhitespace: true,
    lineLimit: 120,
  });
  return narrow(`module.exports=(function(require,module){${code}});\n`);
}

/** Without signs beyond ASCII, which esbuild leaves in regular expressions: one of them doubles what V8 keeps of the text. */
function narrow(text) {
  return text.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
