import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { mayCast } from "../../src/dtype/cast.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";
import type { Loop } from "../../src/engine/loop.ts";
import {
  type LoopSignature,
  resolveLoop,
  resolveSigned,
  WEAK_COMPLEX,
  WEAK_FLOAT,
  WEAK_INT,
} from "../../src/engine/resolve.ts";
import { UfuncCore } from "../../src/engine/ufunc-core.ts";
import { isNdError } from "../../src/errors.ts";
import { numpyVersion } from "../oracle/version.ts";
import { ufuncs } from "./ufuncs.ts";

// Operands are letters: NumPy's chars for dtypes, and Z, R, C for weak integers, floats and complex numbers.

const byLetter = new Map(Object.values<Descriptor>(plain).map((dtype) => [dtype.char, dtype]));
const weak: Readonly<Record<string, number>> = { Z: WEAK_INT, R: WEAK_FLOAT, C: WEAK_COMPLEX };
const codeOf = (letter: string) => weak[letter] ?? byLetter.get(letter)!.num;

/** A core with the loops of another, whose kernels are never asked for. */
function bare(core: UfuncCore): UfuncCore {
  const { name, nin, nout, rule, insteadOfBool } = core;
  const loops = core.types.map(({ text }) => text).join(";");
  const kernel = () => ({ in: [], out: [], run: () => {} });
  return new UfuncCore({ name, nin, nout, loops, kernel, rule, ...(insteadOfBool && { insteadOfBool }) });
}

/** The loop as letters, `"!"` when there is none. */
function loopText(find: () => Loop): string {
  try {
    const { inputs, outputs } = find();
    return [...inputs, ...outputs].map((dtype) => dtype.char).join("");
  } catch (error) {
    assert.ok(isNdError(error, "dtype"), String(error));
    return "!";
  }
}

const resolved = (core: UfuncCore, operands: string) =>
  loopText(() => resolveLoop(core, [...operands].map(codeOf)));

/** With results of one dtype asked for. */
function signed(core: UfuncCore, operands: string, result: string): string {
  const asked = new Array<Descriptor>(core.nout).fill(byLetter.get(result)!);
  const signature: LoopSignature = [...new Array<null>(core.nin).fill(null), ...asked];
  return loopText(() => resolveSigned(core, [...operands].map(codeOf), signature, "same_kind"));
}

const facts: readonly (readonly [name: string, operands: string, loop: string])[] = [
  ["add", "bB", "hhh"],
  ["add", "lL", "ddd"],
  ["add", "iZ", "iii"],
  ["add", "iR", "ddd"],
  ["add", "?Z", "lll"],
  ["add", "fC", "FFF"],
  ["add", "fZ", "fff"],
  ["subtract", "??", "!"],
  ["subtract", "?b", "bbb"],
  ["divide", "bb", "ddd"],
  ["divide", "hf", "fff"],
  ["less", "lL", "lL?"],
  ["less", "Lb", "Ll?"],
  ["logicalAnd", "dd", "dd?"],
  ["logicalAnd", "db", "???"],
  ["floor", "?", "??"],
  ["sqrt", "?", "ee"],
  ["sqrt", "h", "ff"],
  ["sqrt", "i", "dd"],
  ["absolute", "D", "Dd"],
  ["bitwiseCount", "h", "hB"],
  ["bitwiseAnd", "fd", "!"],
  ["gcd", "??", "!"],
  ["ldexp", "fZ", "fif"],
  ["ldexp", "fl", "flf"],
  ["frexp", "f", "ffi"],
];

for (const [name, operands, loop] of facts) {
  test(`${name} of ${operands} takes ${loop}`, () => {
    const core = ufuncs.get(name);
    assert.ok(core, name);
    assert.equal(resolved(bare(core), operands), loop);
  });
}

const python = process.env.NDVIEW_PYTHON ?? "python3";
const skip = numpyVersion() === null && "no python3 with NumPy here";

const program = `
import json, sys, numpy as np
letters = "?bBhHiIlLefdFD"
types = {c: np.dtype(c) for c in letters} | {"Z": int, "R": float, "C": complex}
def ask(f, operands, result):
    asked = {"signature": (None,) * f.nin + (types[result],) * f.nout} if result else {}
    try:
        found = f.resolve_dtypes(tuple(types[c] for c in operands) + (None,) * f.nout, **asked)
    except TypeError:
        return "!"
    return "".join(d.char.replace("q", "l").replace("Q", "L") for d in found)
answers = {}
for name in json.load(sys.stdin):
    f = getattr(np, name)
    ones, twos = list(types), [a + b for a in types for b in types]
    operands = [o for o in (ones if f.nin == 1 else twos) if any(c in letters for c in o)]
    answers[name] = {o + ">" + r: ask(f, o, r) for o in operands for r in ["", *letters]}
json.dump(answers, sys.stdout)
`;

/** A dtype asked for and a weak integer meet in ldexp, where NumPy has a way of its own. */
const exempt = (name: string, question: string) => name === "ldexp" && /Z.*>./.test(question);

test("the loop of one dtype, found in the text, is the one among all that are written out", () => {
  let count = 0;
  for (const core of ufuncs.values()) {
    for (const dtype of Object.values<Descriptor>(plain)) {
      const listed = core.types.find(({ inputs }) => inputs.every((input) => input === dtype));
      assert.deepEqual(core.typesFor(dtype), listed ?? null, `${core.name} of ${dtype}`);
      // Nothing before it takes the dtype, so it is the first.
      const first = core.types.find(({ inputs }) => inputs.every((input) => mayCast(dtype, input)));
      if (listed !== undefined) assert.equal(first, listed, `${core.name} of ${dtype}`);
      if (listed !== undefined) count++;
    }
  }
  assert.ok(count > 700, `${count}`);
});

test("every ufunc takes NumPy's loop for every pair of dtypes and scalars, with and without a dtype", {
  skip,
}, () => {
  const names = new Map([...ufuncs.keys()].map((name) => [snake(name), name]));
  const { stdout, stderr } = spawnSync(python, ["-c", program], {
    input: JSON.stringify([...names.keys()]),
    encoding: "utf8",
    maxBuffer: 2 ** 27,
  });
  assert.ok(stdout, stderr);
  const wrong: string[] = [];
  for (const [pythonName, rows] of Object.entries<Record<string, string>>(JSON.parse(stdout))) {
    const name = names.get(pythonName)!;
    const core = bare(ufuncs.get(name)!);
    for (const [question, answer] of Object.entries(rows)) {
      const [operands = "", result = ""] = question.split(">");
      const ours = result === "" ? resolved(core, operands) : signed(core, operands, result);
      if (ours !== answer && !exempt(name, question))
        wrong.push(`${name} ${question}: ${ours}, not ${answer}`);
    }
  }
  assert.deepEqual(wrong.slice(0, 20), []);
});

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
