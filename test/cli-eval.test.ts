import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type BitDepth, encode } from "fast-png";
import { readArrays } from "../src/cli/array-files.ts";
import { runEval } from "../src/cli/eval.ts";
import { readEvalArguments } from "../src/cli/eval-arguments.ts";
import { historyFile, readHistory, writeHistory } from "../src/cli/history.ts";
import { pngArray, pngBytes } from "../src/cli/png.ts";
import {
  arange,
  array,
  loadSync,
  type NDArray,
  type NpzFile,
  saveSync,
  savezSync,
  zeros,
} from "../src/index.ts";
import { programArguments } from "./program.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ndview-eval-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

const picture = arange(24, "uint8").reshape(2, 4, 3).multiply(10) as NDArray;
saveSync(at("a.npy"), arange(6, "int64").reshape(2, 3));
savezSync(at("b.npz"), { x: arange(3, "int64"), y: array([1.5]) });
writeFileSync(at("p.png"), pngBytes(picture));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `ndview eval` within this process. */
function evaluated(...words: readonly string[]): Ran {
  let out = "";
  let err = "";
  const code = runEval(words, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: {},
    version: () => "1.2.3",
  });
  return { code, out, err };
}

/** The command as a process of its own, with something to read. */
function spawned(input: string, ...words: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...programArguments("src/cli.ts"), ...words],
    { cwd: root, input, encoding: "utf8", env: { ...process.env, XDG_STATE_HOME: folder } },
  );
  return { code: status, out: stdout, err: stderr };
}

test("programs print what Python's prompt prints", () => {
  assert.deepEqual(evaluated("a[:, ::-1]; b = a.sum(); b", "--in", `a=${at("a.npy")}`), {
    code: 0,
    out: "array([[2, 1, 0],\n       [5, 4, 3]])\nnp.int64(15)\n",
    err: "",
  });
  assert.equal(evaluated("-1 + 0").out, "-1\n");
  assert.equal(evaluated("print('x', 1)\nx = 2").out, "x 1\n");
  // A program from somebody else reads and writes no other files than it is given.
  for (const name of ["load", "save", "np.load", "np.save", "open"])
    assert.match(evaluated(`${name}('${at("a.npy")}', 1)`).err, /^(Name|Attribute)Error/);
});

test("archives are read as a whole or by an array of theirs", () => {
  const z = `z=${at("b.npz")}`;
  assert.equal(
    evaluated("z['x'], z.y, len(z), z.files", "--in", z).out,
    "(array([0, 1, 2]), array([1.5]), 2, ['x', 'y'])\n",
  );
  assert.equal(evaluated("x + 1", `--in=x=${at("b.npz")}:x`).out, "array([1, 2, 3])\n");
  assert.match(evaluated("z['q']", "--in", z).err, /^KeyError: .*'q is not a file in the archive'/);
});

test("a picture is turned and written, from a view that is not contiguous", () => {
  const { code, out } = evaluated("img[::-1, :, ::-1]", "--in", `img=${at("p.png")}`, "--out", at("q.png"));
  assert.equal(code, 0);
  assert.equal(out, `wrote ${at("q.png")}: ${statSync(at("q.png")).size} bytes\n`);
  const back = readArrays(at("q.png")) as NDArray;
  assert.deepEqual(back.tolist(), picture.slice("::-1", ":", "::-1").tolist());
});

test("values are written as .npy and .npz", () => {
  assert.equal(evaluated("np.arange(4)[::2]", "--out", at("v.npy")).code, 0);
  assert.deepEqual((loadSync(at("v.npy")) as NDArray).tolist(), [0n, 2n]);
  assert.equal(evaluated("np.arange(2), 3.5, [1, 2]", "-o", at("v.npz")).code, 0);
  const file = loadSync(at("v.npz"), { as: "npz" }) as NpzFile;
  assert.deepEqual(file.files, ["arr_0", "arr_1", "arr_2"]);
  assert.equal(file.get("arr_1").at(), 3.5);
});

test("what is wrong is told, with the code of what kind it is", () => {
  const cases: readonly (readonly [words: readonly string[], code: number, message: RegExp])[] = [
    [["1 +"], 1, /^SyntaxError: expected an expression; the text ends here\n {4}1 \+\n {7}\^\n$/],
    [["np.zeroes(2)"], 1, /did you mean 'zeros'\?\n {4}np.zeroes\(2\)\n {4}\^{9}\n$/],
    [["a", "--in", "a=/nowhere.npy"], 1, /there is no such file/],
    [["a", "--in", "a"], 2, /--in wants a name and a file/],
    [["a", "--in"], 2, /--in wants a value/],
    [["a", "--in", "a=x.npy", "--in", "a=y.npy"], 2, /names a twice/],
    [["a", "b"], 2, /one program, please/],
    [["1", "--out", at("x.txt")], 1, /written as .npy, .npz or .png/],
    [["x = 1\ndel x", "--out", at("x.npy")], 1, /no value to write/],
    [["np.zeros((2, 2))", "--out", at("x.png")], 1, /uint8, uint16 or bool, not float64/],
    [["np.zeros((2, 2, 5), 'u1')", "--out", at("x.png")], 1, /\(H, W\) or \(H, W, C\)/],
    [["np.zeros((0, 2), 'u1')", "--out", at("x.png")], 1, /\(H, W\)/],
    [["a", "--in", `a=${at("a.npy")}.png`], 1, /there is no such file/],
  ];
  for (const [words, code, message] of cases) {
    const ran = evaluated(...words);
    assert.match(ran.err, message, words.join(" "));
    assert.equal(ran.code, code, words.join(" "));
  }
  writeFileSync(at("bad.png"), "no picture");
  assert.match(evaluated("a", "--in", `a=${at("bad.png")}`).err, /no PNG file that can be read/);
  assert.equal(existsSync(at("x.png")), false);
});

test("the words of the command line", () => {
  const { text, inputs, out } = readEvalArguments(["--in", "a=b=c.npy", "-x[0]", "--out=o.png"]);
  assert.deepEqual([text, [...inputs], out], ["-x[0]", [["a", "b=c.npy"]], "o.png"]);
});

test("pictures of all kinds come as bytes or as words of 16 bits", () => {
  const bytes = (channels: number, depth: BitDepth, length: number) => {
    const data =
      depth === 16
        ? Uint16Array.from({ length }, (_, k) => k * 1000)
        : Uint8Array.from({ length }, (_, k) => k * 7);
    return [encode({ width: 3, height: 2, channels, depth, data }), data] as const;
  };
  for (const channels of [1, 2, 3, 4]) {
    for (const depth of [8, 16] as const) {
      const [file, data] = bytes(channels, depth, 6 * channels);
      const a = pngArray(file);
      assert.equal(a.dtype.name, depth === 8 ? "uint8" : "uint16");
      assert.deepEqual(a.shape, channels === 1 ? [2, 3] : [2, 3, channels]);
      assert.deepEqual([...(a.flatten().data as Uint8Array)], [...data]);
      assert.deepEqual(pngArray(pngBytes(a)).tolist(), a.tolist());
    }
  }
  const mask = array([
    [true, false],
    [false, true],
  ]);
  assert.deepEqual(pngArray(pngBytes(mask)).tolist(), [
    [255, 0],
    [0, 255],
  ]);
  assert.deepEqual(pngArray(pngBytes(zeros([2, 3, 1], "uint8"))).shape, [2, 3]);
});

test("Python reads the same", {
  skip: spawnSync("python3", ["-c", "import PIL, numpy"]).status !== 0,
}, () => {
  const code = `import numpy as np; from PIL import Image; print(np.asarray(Image.open(${JSON.stringify(at("p.png"))})).ravel().tolist())`;
  const { stdout } = spawnSync("python3", ["-c", code], { encoding: "utf8" });
  assert.deepEqual(JSON.parse(stdout), [...(picture.flatten().data as Uint8Array)]);
});

test("a prompt that reads from a pipe runs line by line, prints no prompts, and tells of errors", () => {
  const ran = spawned("x = (1 +\n 2)\nx\nbad\nnp.arange(x)\nexit()\n5\n", "--in", `a=${at("a.npy")}`);
  assert.equal(ran.out, "3\narray([0, 1, 2])\n");
  assert.match(ran.err, /^NameError: name 'bad' is not defined/);
  assert.equal(ran.code, 1);
  assert.deepEqual(spawned("a.shape\n", "--in", `a=${at("a.npy")}`), { code: 0, out: "(2, 3)\n", err: "" });
  assert.equal(spawned("", ...[]).code, 0);
  assert.match(spawned("(1,\n").err, /was never closed/);
  assert.equal(spawned("np.arange(2)\n", "eval", "-").out, "array([0, 1])\n");
});

const pty = `
import os, pty, select, sys, time
words = sys.argv[1:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(words[0], words)
seen = b""
def until(text, limit=30):
    global seen
    end = time.time() + limit
    while text not in seen and time.time() < end:
        if select.select([fd], [], [], 0.2)[0]:
            try:
                seen += os.read(fd, 65536)
            except OSError:
                break
    if text not in seen:
        sys.exit("no %r in %r" % (text, seen))
    seen = seen[seen.index(text) + len(text):]
until(b">>> ")
os.write(fd, b"a = np.aran\\t"); until(b"arange")
os.write(fd, b"(6).resh\\t"); until(b"reshape")
os.write(fd, b"(2,\\r"); until(b"... ")
os.write(fd, b" 3)\\r"); until(b">>> ")
os.write(fd, b"a.T.shape\\r"); until(b"(3, 2)"); until(b">>> ")
os.write(fd, b"garbage ("); time.sleep(0.3)
os.write(fd, b"\\x03"); until(b"KeyboardInterrupt"); until(b">>> ")
os.write(fd, b"1 / 0\\r"); until(b"ZeroDivisionError"); until(b"^^^^^"); until(b">>> ")
os.write(fd, b"\\x1b[A\\x1b[A\\r"); until(b"(3, 2)"); until(b">>> ")
os.write(fd, b"\\x04")
pid, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
`;

test("on a terminal it completes, goes on over lines, remembers, and ends with Ctrl-D", {
  skip: spawnSync("python3", ["-c", "import pty"]).status !== 0,
}, () => {
  const words = [process.execPath, ...programArguments("src/cli.ts")];
  const env = { ...process.env, XDG_STATE_HOME: at("state"), TERM: "xterm" };
  const { status, stderr } = spawnSync("python3", ["-c", pty, ...words], {
    cwd: root,
    encoding: "utf8",
    env,
    timeout: 120_000,
  });
  assert.equal(status, 0, stderr);
  const history = readFileSync(join(at("state"), "ndview", "history"), "utf8")
    .trim()
    .split("\n");
  assert.ok(history.includes("a = np.arange(6).reshape(2,"), history.join("|"));
});

test("the history is kept in order, and does without a place", () => {
  const file = at("h/history");
  assert.deepEqual(readHistory(file), []);
  writeHistory(file, ["c", "b", "a"]);
  assert.equal(readFileSync(file, "utf8"), "a\nb\nc\n");
  assert.deepEqual(readHistory(file), ["c", "b", "a"]);
  writeHistory(join(at("a.npy"), "below"), ["x"]);
  assert.equal(historyFile({ HOME: "/home/x" }), "/home/x/.local/state/ndview/history");
  assert.equal(historyFile({ HOME: "/home/x", XDG_STATE_HOME: "/s" }), "/s/ndview/history");
});
