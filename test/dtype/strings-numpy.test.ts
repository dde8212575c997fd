import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, dtypes, randomArray, skip } from "../ops/against-numpy.ts";

/** Arrays of strings against a live NumPy: casts from and to every dtype, promotion, views, printing, structures. */

const script = fileURLToPath(new URL("../ops/numpy_strings.py", import.meta.url));
type A = np.NDArray;
const rounds = Number(process.env.NDVIEW_STRING_ROUNDS ?? 10);

/** Floats of every size, and what is no number. */
function floats(dice: Dice, type: "float16" | "float32" | "float64"): A {
  const some = Array.from({ length: 40 }, () => {
    const power = dice.int(-330, 310);
    return Number(`${dice.chance(0.5) ? "-" : ""}${dice.int(0, 99999)}e${power}`);
  });
  const near = [
    0.1,
    1e16,
    1e15,
    123456789012345680,
    1e-4,
    1e-5,
    0.5,
    1,
    1e22,
    5e-324,
    2 ** 53,
    1e6,
    999999,
    1e3,
  ];
  return np.array([...some, ...near, -0, 0, Number.NaN, 1 / 0, -1 / 0]).astype(type) as A;
}

const numberCasts: Readonly<Record<string, (a: A) => unknown>> = {
  "a[0].astype('U')": (a) => a.astype("U"),
  "a[0].astype('S')": (a) => a.astype("S"),
  "a[0].astype('U3')": (a) => a.astype("U3"),
  "a[0].astype('S5')": (a) => a.astype("S5"),
  "a[0].astype('U').astype(a[0].dtype)": (a) => a.astype("U").astype(a.dtype),
  "a[0].astype('S').astype(a[0].dtype)": (a) => a.astype("S").astype(a.dtype),
  "np.where(a[0] == a[0], a[0], np.array('abc'))": (a) => np.where(np.equal(a, a), a, np.array("abc")),
  "np.array(str(np.result_type(a[0], np.dtype('U2'))))": (a) => np.array(String(np.resultType(a, "U2"))),
  "np.array(str(np.promote_types('S30', a[0].dtype)))": (a) =>
    np.array(String(np.promoteTypes("S30", a.dtype))),
  "np.array(np.can_cast(a[0].dtype, 'U20'))": (a) => np.array(np.canCast(a.dtype, "U20")),
  "np.array(np.can_cast(a[0].dtype, 'S5'))": (a) => np.array(np.canCast(a.dtype, "S5")),
  "np.array(np.can_cast(a[0].dtype, 'S'))": (a) => np.array(np.canCast(a.dtype, "S")),
  "np.array(np.can_cast(a[0].dtype, 'U2', 'same_kind'))": (a) =>
    np.array(np.canCast(a.dtype, "U2", "same_kind")),
  "np.array(np.can_cast('U2', a[0].dtype, 'unsafe'))": (a) => np.array(np.canCast("U2", a.dtype, "unsafe")),
  "np.array(np.can_cast('U2', a[0].dtype, 'same_kind'))": (a) =>
    np.array(np.canCast("U2", a.dtype, "same_kind")),
};

test("numbers become NumPy's texts and texts NumPy's numbers, in every layout", { skip }, () => {
  const dice = new Dice(7);
  const cases: Case[] = [];
  for (let k = 0; k < rounds; k++) {
    const arrays = [
      ...dtypes.map((dtype) => randomArray(dice, dice.pick([[5], [2, 3], []]), dtype)),
      floats(dice, "float64"),
      floats(dice, "float32"),
      floats(dice, "float16"),
    ];
    for (const a of arrays)
      for (const [call, run] of Object.entries(numberCasts))
        cases.push({ arrays: [a], run: () => run(a), call });
  }
  assert.deepEqual(compare(cases, script).slice(0, 20), []);
});

const texts = [
  ...[
    "1",
    " 12 ",
    "\t-3\n",
    "+4",
    "1_000",
    "1__0",
    "_1",
    "1_",
    "",
    " ",
    "0x10",
    "١٢",
    "1.0",
    "1e3",
    "--1",
    "- 1",
  ],
  ...[
    "300",
    "-1",
    "65536",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
  ],
  ...[
    "1.5",
    ".5",
    "5.",
    ".",
    "1e",
    "1e5",
    "1E-5",
    "1_0.5_0",
    "1_.5",
    "nan",
    "-NaN",
    "inf",
    "+Infinity",
    "infin",
    "1e400",
  ],
  ...[
    "1+2j",
    "(3-4j)",
    " ( 1j ) ",
    "j",
    "-j",
    "+j",
    "1e3j",
    "nan+infj",
    "1 + 2j",
    "1+2",
    "2j+1",
    "1+j",
    "1++2j",
    "()",
    "(1",
  ],
  ...["True", "False", "abc", "０", "1\u20035", "\u20035"],
];

test("text is read as Python reads it, or refused", { skip }, () => {
  const cases: Case[] = [];
  for (const text of texts) {
    const a = np.array([text]);
    for (const { str } of dtypes) {
      const to = str.slice(1);
      cases.push({ arrays: [a], run: () => a.astype(to as "f8"), call: `a[0].astype('${to}')` });
    }
    cases.push({ arrays: [a], run: () => a.astype("S"), call: "a[0].astype('S')" });
  }
  assert.deepEqual(compare(cases, script).slice(0, 20), []);
});

const views: Readonly<Record<string, (a: A, b: A) => unknown>> = {
  "a[0].view('u1')": (a) => a.view("u1"),
  "a[0].view(a[0].dtype.kind + '1')": (a) => a.view(a.dtype.kind === "U" ? "U1" : "S1"),
  "a[0].view('V4')": (a) => np.array(a.view("V4")),
  "a[0].byteswap().view('u1')": (a) => a.byteswap().view("u1"),
  "np.frombuffer(a[0].tobytes(), a[0].dtype)": (a) => np.frombuffer(a.tobytes(), a.dtype as never),
  "np.array(a[0].dtype.name)": (a) => np.array(a.dtype.name),
  "np.array(repr(a[0].dtype))": (a) => np.array(a.dtype.repr()),
  "np.array(repr(a[0].dtype.descr))": (a) =>
    np.array(`[('', '${(a.dtype.descr as [string, string][])[0]![1]}')]`),
  "np.array(repr(np.promote_types(a[0].dtype, a[1].dtype)))": (a, b) =>
    np.array(np.promoteTypes(a.dtype, b.dtype).repr()),
  "np.array(np.can_cast(a[0].dtype, a[1].dtype))": (a, b) => np.array(np.canCast(a.dtype, b.dtype)),
  "np.array(np.can_cast(a[0].dtype, a[1].dtype, 'same_kind'))": (a, b) =>
    np.array(np.canCast(a.dtype, b.dtype, "same_kind")),
  "np.array(np.can_cast(a[0].dtype, a[1].dtype, 'equiv'))": (a, b) =>
    np.array(np.canCast(a.dtype, b.dtype, "equiv")),
  "np.array(np.can_cast(a[0].dtype, 'V9'))": (a) => np.array(np.canCast(a.dtype, "V9")),
  "np.array(repr(a[0].astype([('x', a[1].dtype), ('y', 'U3')])))": (a, b) =>
    np.array(
      a
        .astype([
          ["x", b.dtype],
          ["y", "U3"],
        ])
        .repr(),
    ),
  // Into a field that is not aligned, and back.
  "a[0].astype(a[1].dtype)": (a, b) => {
    const s = np.zeros(a.shape, [
      ["x", "u1"],
      ["y", b.dtype],
    ]);
    np.copyto(s.field("y"), a, { casting: "unsafe" });
    return s.field("y");
  },
  "np.array(np.array_equal(a[0], a[1]))": (a, b) =>
    np.array(a.dtype.kind === b.dtype.kind && np.arrayEqual(a, b)),
  "np.array(repr(np.full(3, a[0].flat[0], a[1].dtype)))": (a, b) =>
    np.array(np.full(3, a.ravel().slice("0:1"), b.dtype as never).repr()),
  "np.broadcast_to(a[0], (2,) + a[0].shape).copy()": (a) => np.broadcastTo(a, [2, ...a.shape]).copy(),
  "np.array(np.array2string(a[0], separator=', ', threshold=2, edgeitems=1))": (a) =>
    np.array(np.array2string(a, { separator: ", ", threshold: 2, edgeitems: 1 })),
};

test("strings are seen, cast, put into structures and printed as in NumPy", { skip }, () => {
  const dice = new Dice(11);
  const cases: Case[] = [];
  for (let k = 0; k < rounds * 5; k++) {
    const one = () => np.dtype(`${dice.pick(["U", "S"])}${dice.int(1, 6)}` as "U1") as np.Descriptor;
    const shape = dice.pick([[2, 3], [4], [1], [2, 1, 2]]);
    const [a, b] = [randomArray(dice, shape, one()), randomArray(dice, shape, one())];
    for (const [call, run] of Object.entries(views))
      cases.push({ arrays: [a, b], run: () => run(a, b), call });
  }
  assert.deepEqual(compare(cases, script).slice(0, 20), []);
});
