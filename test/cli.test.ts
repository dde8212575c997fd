import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand } from "../src/cli/command.ts";
import { viewOf } from "../src/cli/index-text.ts";
import { bytesText, progressBar } from "../src/cli/progress.ts";
import { styleFor } from "../src/cli/style.ts";
import { array, isNdError, loadSync, npyBytes, saveSync, savezSync } from "../src/index.ts";
import { programArguments } from "./program.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ndview-cli-"));
after(() => rmSync(folder, { recursive: true }));

const a = array(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "int32",
);
saveSync(join(folder, "a.npy"), a);
savezSync(join(folder, "two.npz"), { a, b: array([0.5], "float32") });
savezSync(join(folder, "one.npz"), a);
savezSync(join(folder, "none.npz"));
writeFileSync(join(folder, "text.npy"), "1,2,3\n");
writeFileSync(join(folder, "cut.npy"), npyBytes(a).subarray(0, 140));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a process of its own. */
function spawned(...words: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...programArguments("src/cli.ts"), ...words],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, FORCE_COLOR: "1" },
    },
  );
  return { code: status, out: stdout, err: stderr };
}

/** The command within this process. */
function ndview(...words: readonly string[]): Ran {
  let out = "";
  let err = "";
  const code = runCommand(words, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: {},
    version: () => "1.2.3",
  });
  return { code, out, err };
}

const inFolder = (name: string): string => join(folder, name);

test("the sample and its view are shown as test/golden/cli has it, without colours in a pipe", () => {
  const { code, out, err } = spawned("samples/seattle-weather.npy", "[::-1, 1:3]");
  const wanted = readFileSync(join(root, "test/golden/cli/seattle-weather.txt"), "utf8");
  assert.deepEqual([code, err, out], [0, "", wanted]);
});

test("the sample is the numbers of its CSV", () => {
  const lines = readFileSync(join(root, "samples/seattle-weather.csv"), "utf8").trim().split("\n");
  const rows = lines.slice(1).map((line) => line.split(",").slice(1, 5).map(Number));
  assert.deepEqual(
    npyBytes(array(rows, "float64")),
    new Uint8Array(readFileSync(join(root, "samples/seattle-weather.npy"))),
  );
});

test("as a process it ends with the codes that it should", () => {
  assert.equal(spawned(inFolder("missing.npy")).code, 1);
  assert.equal(spawned("--colour", "x").code, 2);
});

test("an archive is listed; of one array that array is shown", () => {
  const two = ndview(inFolder("two.npz"));
  assert.equal(two.code, 0);
  assert.match(
    two.out,
    /two\.npz: 2 arrays\n {2}a {2}int32 {4}\(2, 3\) {2}24 bytes\n {2}b {2}float32 {2}\(1,\) {4}4 bytes\n$/,
  );
  assert.match(
    ndview(inFolder("one.npz"), "-1").out,
    /one\.npz, array arr_0[\s\S]*view \[-1\][\s\S]*\[4 5 6\]\n$/,
  );
  assert.match(ndview(inFolder("two.npz"), "--key", "b").out, /\[0\.5\]\n$/);
});

test("an index that the shell split is one again, and --copy writes the contiguous copy", () => {
  const { code, out } = ndview(inFolder("a.npy"), "[:,", "::-1]", "--copy", inFolder("copy"));
  assert.equal(code, 0);
  assert.match(out, /for C: axis 1 has stride -4, wanted 4/);
  assert.match(out, /wrote .*copy\.npy: 24 bytes of data, C-contiguous\n$/);
  const copy = loadSync(inFolder("copy.npy"), { as: "npy" });
  assert.ok(copy.flags.cContiguous);
  assert.deepEqual([...copy.data], [3, 2, 1, 6, 5, 4]);
});

test("--draw shows the elements and their bytes, --svg writes the picture", () => {
  const { code, out } = ndview(inFolder("a.npy"), "[:, ::-1]", "--draw", "--svg", inFolder("a.svg"));
  assert.equal(code, 0);
  assert.match(out, /whole and view share bytes[\s\S]*axis 1: −4[\s\S]*wrote .*a\.svg\n$/);
  assert.match(readFileSync(inFolder("a.svg"), "utf8"), /^<svg [\s\S]*<\/svg>\s*$/);
  const wrong = ndview(inFolder("a.npy"), "--svg", inFolder("no/where.svg"));
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /^ndview: .*where\.svg: .*\n$/);
});

test("a file or an index that is wrong ends with 1 and one line, a wrong command line with 2 and the usage", () => {
  const cases: readonly (readonly [words: readonly string[], code: number, message: RegExp])[] = [
    [[inFolder("missing.npy")], 1, /^ndview: .*missing\.npy: there is no such file or folder\n$/],
    [
      [inFolder("text.npy")],
      1,
      /^ndview: .*text\.npy: not a \.npy or \.npz file: it starts with "1,2,3\\n"\n$/,
    ],
    [[inFolder("cut.npy")], 1, /^ndview: .*the header promises 24 bytes of data, but only 12 are there\n$/],
    [[folder], 1, /is a directory, not a file\n$/],
    [[inFolder("two.npz"), "[0]"], 1, /^ndview: .* holds 2 arrays \(a, b\); choose one with --key NAME\n$/],
    [[inFolder("two.npz"), "--key", "c"], 1, /^ndview: no array "c" in .*; there are "a", "b"\n$/],
    [[inFolder("a.npy"), "--key", "c"], 1, /holds one array, so --key c names nothing\n$/],
    [[inFolder("a.npy"), "[2]"], 1, /^ndview: index 2 is out of bounds for axis 0 with size 2\n$/],
    [
      [inFolder("a.npy"), "--copy", inFolder("no/where.npy")],
      1,
      /where\.npy: there is no such file or folder\n$/,
    ],
    [[], 2, /^ndview: which file\?[\s\S]*usage: ndview FILE/],
    [["--colour", "x"], 2, /^ndview: Unknown option '--colour'\n\nusage:/],
  ];
  for (const [words, code, message] of cases) {
    const ran = ndview(...words);
    assert.deepEqual([ran.code, ran.out], [code, ""], words.join(" "));
    assert.match(ran.err, message);
  }
  assert.ok(!readdirSync(folder).some((name) => name.endsWith(".tmp")));
});

test("--help and --version say what they say", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  assert.deepEqual(spawned("--version"), { code: 0, out: `${version}\n`, err: "" });
  const help = ndview("-h");
  assert.match(help.out, /^usage: ndview FILE \[INDEX\]/);
  assert.equal(help.code, 0);
});

const grid = array(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "int32",
);

test("the text of an index means what it means in NumPy", () => {
  const cases: readonly (readonly [text: string, shape: readonly number[]])[] = [
    ["[:, ::-1]", [2, 3]],
    [":, ::-1", [2, 3]],
    ["0", [3]],
    ["[0, 1]", []],
    ["[-1]", [3]],
    ["[...]", [2, 3]],
    ["…, 0", [2]],
    ["[:, None]", [2, 1, 3]],
    ["[np.newaxis, 1:]", [1, 1, 3]],
    ["[0,]", [3]],
    [" [ 1 : 2 , : ] ", [1, 3]],
  ];
  for (const [text, shape] of cases) assert.deepEqual(viewOf(grid, text).shape, shape, text);
  const struct = array(
    [[1, 2]],
    [
      ["x", "f4"],
      ["y", "i2"],
    ],
  );
  for (const text of ["['x']", '"x"', "'x'"]) assert.equal(viewOf(struct, text).dtype.name, "float32", text);
});

test("an index that is none is an NdError", () => {
  for (const text of [
    "",
    "[]",
    "[,]",
    "[0,,1]",
    "[[0, 1]]",
    "a > 3",
    "[1.5]",
    "[::0]",
    "['x']",
    "[0, 0, 0]",
  ]) {
    assert.throws(() => viewOf(grid, text), isNdError, text);
  }
});

test("colours are for terminals, and NO_COLOR wins", () => {
  const terminal = { isTTY: true };
  assert.equal(styleFor(terminal, {}).bold("x"), "\x1b[1mx\x1b[22m");
  assert.equal(styleFor(terminal, { NO_COLOR: "1" }).bold("x"), "x");
  assert.equal(styleFor(terminal, { TERM: "dumb" }).dim("x"), "x");
  assert.equal(styleFor({}, {}).dim("x"), "x");
});

test("the bar is drawn on a terminal, for long readings, and taken away", () => {
  const draw = (isTTY: boolean, total: number): string => {
    let text = "";
    const bar = progressBar({ isTTY, write: (part) => (text += part) });
    for (let k = 0; k <= 4; k++) bar.onProgress((total * k) / 4, total);
    bar.clear();
    return text;
  };
  assert.equal(draw(false, 1e9), "");
  assert.equal(draw(true, 1e6), "");
  const [before, first, ...rest] = draw(true, 1e9).split("\r");
  assert.deepEqual([before, first], ["", `${"░".repeat(30)}   0 % of 1 GB`]);
  assert.deepEqual(rest.slice(-2), [`${"█".repeat(30)} 100 % of 1 GB`, "\x1b[2K"]);
});

test("bytes are said for a person", () => {
  const cases = [
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [46752, "46.8 kB"],
    [1.5e9, "1.5 GB"],
  ] as const;
  for (const [bytes, text] of cases) assert.equal(bytesText(bytes), text);
});
