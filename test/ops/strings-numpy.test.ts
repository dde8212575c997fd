import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { DTypeLike } from "../../src/dtype/parse.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, randomArray, skip } from "./against-numpy.ts";

/** Functions on strings against a live NumPy: bytes and text, of any width, in any layout. */

const script = fileURLToPath(new URL("numpy_strings.py", import.meta.url));
const { strings: S, char: C } = np;
type A = np.NDArray;
type Call = (a: A, b: A, n: A) => unknown;

/** The words of lists, joined. */
const flat = (lists: unknown): A => {
  const words: string[] = [];
  const text = (part: unknown) =>
    typeof part === "string" ? part : String.fromCharCode(...(part as Uint8Array));
  const walk = (node: unknown) => {
    if (!Array.isArray(node)) return;
    if (node.length === 0 || !Array.isArray(node[0])) words.push(node.map(text).join("|"));
    else node.forEach(walk);
  };
  walk(lists);
  return np.array(words, "U");
};
const joined = (call: string) =>
  `np.array(['|'.join(w.decode('latin-1') if isinstance(w, bytes) else w for w in x) for x in ${call}.flat], 'U')`;

/** Calls as NumPy writes them (a[0], a[1] strings of one kind, a[2] small integers), and the same here. */
const calls: Readonly<Record<string, Call>> = {
  "np.equal(a[0], a[1])": (a, b) => np.equal(a, b),
  "np.not_equal(a[0], a[1])": (a, b) => np.notEqual(a, b),
  "np.less(a[0], a[1])": (a, b) => np.less(a, b),
  "np.less_equal(a[0], a[1])": (a, b) => np.lessEqual(a, b),
  "np.greater(a[0], a[1])": (a, b) => S.greater(a, b),
  "np.greater_equal(a[0], a[1])": (a, b) => S.greaterEqual(a, b),
  "np.add(a[0], a[1])": (a, b) => np.add(a, b),
  "S.add(a[1], a[0])": (a, b) => S.add(b, a),
  "S.multiply(a[0], a[2])": (a, _, n) => S.multiply(a, n),
  "S.isalpha(a[0])": (a) => S.isalpha(a),
  "S.isdigit(a[0])": (a) => S.isdigit(a),
  "S.isdecimal(a[0])": (a) => S.isdecimal(a),
  "S.isnumeric(a[0])": (a) => S.isnumeric(a),
  "S.isspace(a[0])": (a) => S.isspace(a),
  "S.isalnum(a[0])": (a) => S.isalnum(a),
  "S.islower(a[0])": (a) => S.islower(a),
  "S.isupper(a[0])": (a) => S.isupper(a),
  "S.istitle(a[0])": (a) => S.istitle(a),
  "S.str_len(a[0])": (a) => S.strLen(a),
  "S.find(a[0], a[1])": (a, b) => S.find(a, b),
  "S.find(a[0], a[1], a[2])": (a, b, n) => S.find(a, b, n),
  "S.find(a[0], a[1], a[2], -1)": (a, b, n) => S.find(a, b, n, -1),
  "S.rfind(a[0], a[1])": (a, b) => S.rfind(a, b),
  "S.rfind(a[0], a[1], a[2], 3)": (a, b, n) => S.rfind(a, b, n, 3),
  "S.index(a[0], a[1])": (a, b) => S.index(a, b),
  "S.rindex(a[0], a[0])": (a) => S.rindex(a, a),
  "S.count(a[0], a[1])": (a, b) => S.count(a, b),
  "S.count(a[0], a[1], a[2])": (a, b, n) => S.count(a, b, n),
  "S.startswith(a[0], a[1])": (a, b) => S.startswith(a, b),
  "S.startswith(a[0], a[1], a[2])": (a, b, n) => S.startswith(a, b, n),
  "S.endswith(a[0], a[1])": (a, b) => S.endswith(a, b),
  "S.endswith(a[0], a[1], 0, a[2])": (a, b, n) => S.endswith(a, b, 0, n),
  "S.strip(a[0])": (a) => S.strip(a),
  "S.lstrip(a[0])": (a) => S.lstrip(a),
  "S.rstrip(a[0])": (a) => S.rstrip(a),
  "S.strip(a[0], a[1])": (a, b) => S.strip(a, b),
  "S.lstrip(a[0], a[1])": (a, b) => S.lstrip(a, b),
  "S.rstrip(a[0], a[1])": (a, b) => S.rstrip(a, b),
  "S.replace(a[0], a[1], a[0])": (a, b) => S.replace(a, b, a),
  "S.replace(a[0], a[1], a[0], a[2])": (a, b, n) => S.replace(a, b, a, n),
  "S.replace(a[0], a[1][..., :1], a[1])": (a, b) => S.replace(a, b.slice("...", ":1"), b),
  "S.expandtabs(a[0])": (a) => S.expandtabs(a),
  "S.expandtabs(a[0], a[2])": (a, _, n) => S.expandtabs(a, n),
  "S.center(a[0], a[2])": (a, _, n) => S.center(a, n),
  "S.center(a[0], 7, '*')": (a) => S.center(a, 7, "*"),
  "S.ljust(a[0], a[2], '*')": (a, _, n) => S.ljust(a, n, "*"),
  "S.rjust(a[0], a[2], '*')": (a, _, n) => S.rjust(a, n, "*"),
  "S.zfill(a[0], a[2])": (a, _, n) => S.zfill(a, n),
  "S.partition(a[0], a[1])[0]": (a, b) => S.partition(a, b)[0],
  "S.partition(a[0], a[1])[1]": (a, b) => S.partition(a, b)[1],
  "S.partition(a[0], a[1])[2]": (a, b) => S.partition(a, b)[2],
  "S.rpartition(a[0], a[1])[0]": (a, b) => S.rpartition(a, b)[0],
  "S.rpartition(a[0], a[1])[2]": (a, b) => S.rpartition(a, b)[2],
  "C.partition(a[0], a[1])": (a, b) => C.partition(a, b),
  "C.rpartition(a[0], a[1])": (a, b) => C.rpartition(a, b),
  "S.upper(a[0])": (a) => S.upper(a),
  "S.lower(a[0])": (a) => S.lower(a),
  "S.title(a[0])": (a) => S.title(a),
  "S.capitalize(a[0])": (a) => S.capitalize(a),
  "S.swapcase(a[0])": (a) => S.swapcase(a),
  "S.slice(a[0], a[2])": (a, _, n) => S.slice(a, n),
  "S.slice(a[0], a[2], None)": (a, _, n) => S.slice(a, n, null),
  "S.slice(a[0], None, a[2], -1)": (a, _, n) => S.slice(a, null, n, -1),
  "S.slice(a[0], 1, -1, 2)": (a) => S.slice(a, 1, -1, 2),
  "S.encode(a[0])": (a) => S.encode(a),
  "S.encode(a[0], 'utf-16-le')": (a) => S.encode(a, "utf-16-le"),
  "S.encode(a[0], 'ascii', 'replace')": (a) => S.encode(a, "ascii", "replace"),
  "S.encode(a[0], 'latin-1', 'xmlcharrefreplace')": (a) => S.encode(a, "latin-1", "xmlcharrefreplace"),
  "S.encode(a[0], 'ascii', 'backslashreplace')": (a) => S.encode(a, "ascii", "backslashreplace"),
  "S.decode(a[0])": (a) => S.decode(a),
  "S.decode(S.encode(a[0]))": (a) => S.decode(S.encode(a)),
  "S.decode(S.encode(a[0]), 'latin-1')": (a) => S.decode(S.encode(a), "latin-1"),
  "S.translate(a[0], {97: 'zz', 98: None, 99: 65})": (a) => S.translate(a, { a: "zz", b: null, c: 65 }),
  "C.equal(a[0], a[1])": (a, b) => C.equal(a, b),
  "C.less(a[0], a[1])": (a, b) => C.less(a, b),
  "C.greater_equal(a[0], a[1])": (a, b) => C.greaterEqual(a, b),
  "C.not_equal(a[0], a[1])": (a, b) => C.notEqual(a, b),
  "C.compare_chararrays(a[0], a[1], '<=', False)": (a, b) => C.compareChararrays(a, b, "<=", false),
  "C.join(a[1], a[0])": (a, b) => C.join(b, a),
  [joined("C.split(a[0])")]: (a) => flat(C.split(a)),
  [joined("C.split(a[0], None, 1)")]: (a) => flat(C.split(a, null, 1)),
  [joined("C.rsplit(a[0], None, 1)")]: (a) => flat(C.rsplit(a, null, 1)),
  [joined("C.split(a[0], a[1])")]: (a, b) => flat(C.split(a, b)),
  [joined("C.rsplit(a[0], a[1], 2)")]: (a, b) => flat(C.rsplit(a, b, 2)),
  [joined("C.splitlines(a[0])")]: (a) => flat(C.splitlines(a)),
  "np.where(a[2] > 1, a[0], a[1])": (a, b, n) => np.where(np.greater(n, 1), a, b),
  "np.any(a[0])": (a) => np.any(a),
  "np.all(a[0])": (a) => np.all(a),
  "np.logical_or(a[0], a[1])": (a, b) => np.logicalOr(a, b),
  "a[0].astype('S')": (a) => a.astype("S"),
  "a[0].astype('U')": (a) => a.astype("U"),
  "a[0].astype('U2')": (a) => a.astype("U2"),
  "a[0].astype('U9')": (a) => a.astype("U9"),
  "a[0].astype('V3')": (a) => a.astype("V3"),
  "a[0].astype('?')": (a) => a.astype("?"),
  "a[0].copy()": (a) => a.copy(),
  "a[0].astype('U9')[..., ::-1].copy('K')": (a) => a.astype("U9").slice("...", "::-1").copy("K"),
  "np.array(repr(a[0]))": (a) => np.array(a.repr()),
  "np.array(str(a[0]))": (a) => np.array(String(a)),
};

/** Whether the order in memory is NumPy's: of results that are ufuncs' there. */
const ordered =
  /^(np\.(equal|less|add|not_equal)|S\.(add|find|is|str_len|strip|lstrip|rstrip|center|ljust|zfill|slice|upper|replace|expandtabs|multiply|startswith|a\[0\]\.astype))/;

function casesOf(dice: Dice): Case[] {
  const shape = dice.pick([[2, 3], [3], [2, 1, 3], [], [0, 2], [4, 2]]);
  const other = dice.chance(0.3) ? shape.map((n) => (dice.chance(0.5) ? 1 : n)) : shape;
  const kind = dice.pick(["U", "U", "S"]);
  const a = randomArray(dice, shape, np.dtype(`${kind}${dice.int(1, 7)}` as DTypeLike) as never);
  const b = randomArray(dice, other, np.dtype(`${kind}${dice.int(1, 2)}` as DTypeLike) as never);
  const n = np.array(np.subtract(np.remainder(randomArray(dice, shape, np.dtype("int32")), 9), 3));
  // Of bytes, these refuse or not by what the elements are; of no strings, widths are what NumPy's buffers had.
  const left = a.size === 0 ? /flat|join|translate/ : kind === "S" ? /join|translate/ : /^$/;
  const some = Object.entries(calls).filter(([call]) => !left.test(call));
  return some.map(([call, run]) => ({
    arrays: [a, b, n],
    run: () => run(a, b, n),
    call,
    strides: ordered.test(call),
  }));
}

test("functions on strings give NumPy's elements, widths, shapes and order in memory", { skip }, () => {
  const dice = new Dice(20);
  const rounds = Number(process.env.NDVIEW_STRING_ROUNDS ?? 25);
  const cases = Array.from({ length: rounds }, () => casesOf(dice)).flat();
  assert.deepEqual(compare(cases, script).slice(0, 20), []);
});
