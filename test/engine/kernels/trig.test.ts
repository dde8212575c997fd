import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { arctan2Kernel, arctanKernel } from "../../../src/engine/kernels/arctan.ts";
import { arccosKernel, arcsinKernel } from "../../../src/engine/kernels/inverse-trig.ts";
import type { Kernels } from "../../../src/engine/kernels/lanes.ts";
import { cosKernel, sinKernel, tanKernel } from "../../../src/engine/kernels/trig.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";
import { numpyVersion } from "../../oracle/version.ts";

const functions: Readonly<Record<string, Kernels>> = {
  sin: sinKernel,
  cos: cosKernel,
  tan: tanKernel,
  arcsin: arcsinKernel,
  arccos: arccosKernel,
  arctan: arctanKernel,
  arctan2: arctan2Kernel,
};

/** Results for lists of arguments; complex numbers are two numbers each. */
function results(name: string, types: string, operands: readonly (readonly number[])[]): number[] {
  const wide = /[dD]$/.test(types);
  const memory = () => (wide ? heap.f64 : heap.f32);
  const width = wide ? 8 : 4;
  const parts = /[FD]$/.test(types) ? 2 : 1;
  const found: number[] = [];
  const step = 400;
  for (let at = 0; at < operands[0]!.length; at += step) {
    const pieces = operands.map((operand) => operand.slice(at, at + step));
    pieces.forEach((piece, k) => {
      memory().set(piece, tilePointer(k) / width);
    });
    const [n, to] = [pieces[0]!.length, tilePointer(pieces.length)];
    functions[name]!(types).run(n / parts, ...pieces.map((_, k) => tilePointer(k)), to);
    found.push(...memory().subarray(to / width, to / width + n));
  }
  return found;
}

/** The distance of a float from its neighbour. */
function spacing(x: number, digits: 24 | 53): number {
  const least = digits === 53 ? -1074 : -149;
  return 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - digits + 1, least);
}

const golden = JSON.parse(
  readFileSync(new URL("../../golden/trig.json", import.meta.url), "utf8"),
) as Readonly<Record<string, Readonly<Record<string, readonly (readonly number[])[]>>>>;

for (const [name, loops] of Object.entries(golden)) {
  for (const [types, rows] of Object.entries(loops)) {
    test(`${name} ${types} is within one unit in the last place of exact values`, () => {
      const count = types.split("->")[0]!.length;
      const operands = Array.from({ length: count }, (_, k) => rows.map((row) => row[k]!));
      const got = results(name, types, operands);
      rows.forEach((row, k) => {
        const [rounded, rest] = row.slice(count) as [number, number];
        const error = Math.abs(got[k]! - rounded - rest) / spacing(rounded, types.endsWith("d") ? 53 : 24);
        assert.ok(error < 1, `${name}(${row.slice(0, count)}) = ${got[k]} is ${error} off ${rounded}`);
      });
    });
  }
}

const [inf, nan, pi] = [Number.POSITIVE_INFINITY, Number.NaN, Math.PI];
const special: readonly (readonly [name: string, arguments: readonly number[], value: number])[] = [
  ["sin", [0], 0],
  ["sin", [-0], -0],
  ["sin", [inf], nan],
  ["sin", [nan], nan],
  ["sin", [5e-324], 5e-324],
  ["cos", [-0], 1],
  ["cos", [-inf], nan],
  ["tan", [-0], -0],
  ["tan", [inf], nan],
  ["arcsin", [-0], -0],
  ["arcsin", [1], pi / 2],
  ["arcsin", [1.5], nan],
  ["arccos", [1], 0],
  ["arccos", [-1], pi],
  ["arccos", [-1.5], nan],
  ["arctan", [-0], -0],
  ["arctan", [inf], pi / 2],
  ["arctan", [-inf], -pi / 2],
  ["arctan", [nan], nan],
  ["arctan2", [0, 0], 0],
  ["arctan2", [-0, 0], -0],
  ["arctan2", [0, -0], pi],
  ["arctan2", [-0, -0], -pi],
  ["arctan2", [-0, -1], -pi],
  ["arctan2", [0, 1], 0],
  ["arctan2", [1, 0], pi / 2],
  ["arctan2", [-1, -0], -pi / 2],
  ["arctan2", [1, -inf], pi],
  ["arctan2", [-1, inf], -0],
  ["arctan2", [inf, 1], pi / 2],
  ["arctan2", [inf, inf], pi / 4],
  ["arctan2", [-inf, -inf], (-3 * pi) / 4],
  ["arctan2", [nan, inf], nan],
  ["arctan2", [inf, nan], nan],
];

test("zeros keep their sign, and infinities and NaN give what NumPy gives", () => {
  for (const [name, operands, value] of special) {
    for (const letter of ["d", "f"]) {
      const types = `${letter.repeat(operands.length)}->${letter}`;
      const [got] = results(
        name,
        types,
        operands.map((x) => [x]),
      );
      const wanted = letter === "f" ? Math.fround(value) : value;
      // The smallest float64 is 0 in float32.
      if (letter === "f" && operands[0] === 5e-324) continue;
      assert.ok(Object.is(got, wanted), `${name} ${types} of ${operands}: ${got}, not ${wanted}`);
    }
  }
});

test("a result does not depend on what stands beside it", () => {
  const hard = [1e300, 0, inf, 5e-324, nan, -2e6, 1, 1e22, 0.5, -0, 3];
  for (const name of ["sin", "cos", "tan", "arctan"]) {
    const alone = hard.map((x) => results(name, "d->d", [[x]])[0]!);
    for (let shift = 0; shift < 3; shift++) {
      const moved = [...hard.slice(shift), ...hard.slice(0, shift)];
      const got = results(name, "d->d", [moved]);
      moved.forEach((x, k) => {
        assert.ok(
          Object.is(
            got[k],
            alone[
              hard.indexOf(x) < 0 ? hard.findIndex(Number.isNaN) : hard.findIndex((y) => Object.is(x, y))
            ],
          ),
          `${name} ${x}`,
        );
      });
    }
  }
});

test("a kernel may write over its input, and writes nothing behind its output", () => {
  for (const n of [1, 2, 3, 8, 17]) {
    const x = Array.from({ length: n }, (_, k) => (k % 3 === 0 ? 1e18 + 1e16 * k : k));
    const wanted = results("sin", "d->d", [x]);
    heap.f64.fill(7, tilePointer(0) / 8, tilePointer(0) / 8 + 40);
    heap.f64.set(x, tilePointer(0) / 8);
    sinKernel("d->d").run(n, tilePointer(0), tilePointer(0));
    const got = [...heap.f64.subarray(tilePointer(0) / 8, tilePointer(0) / 8 + n + 2)];
    assert.deepEqual(got, [...wanted, 7, 7]);
  }
});

const version = numpyVersion();
const values = [0, -0, 1, -1, 0.5, -2, 3, 1e-9, 100, -95.5, 720, 1e17, -1e30, 1 + 2 ** -20, inf, -inf, nan];

/** NumPy's results for complex numbers made of all pairs of `values`; numbers travel as text. */
function askNumPy(): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> {
  const program = `
import json, sys
import numpy as np
np.seterr(all="ignore")
values = np.array([float(x) for x in json.load(sys.stdin)])
z = np.empty((len(values),) * 2, complex)
z.real, z.imag = values[:, None], values
answer = {}
for name in ["sin", "cos", "tan", "arcsin", "arccos", "arctan"]:
    for letter in "DF":
        out = getattr(np, name)(z.astype(letter)).ravel().astype("D")
        answer.setdefault(name, {})[letter] = [repr(x) for pair in zip(out.real.tolist(), out.imag.tolist()) for x in pair]
print(json.dumps(answer))
`;
  const python = process.env.NDVIEW_PYTHON ?? "python3";
  const input = JSON.stringify(
    values.map((x) => (Object.is(x, -0) ? "-0.0" : String(x).replace("Infinity", "inf"))),
  );
  const asked = spawnSync(python, ["-c", program], { input, encoding: "utf8" });
  assert.equal(asked.status, 0, asked.stderr);
  return JSON.parse(asked.stdout);
}

function parsed(text: string): number {
  return text === "nan" ? nan : text.endsWith("inf") ? (text.startsWith("-") ? -inf : inf) : Number(text);
}

test("complex functions are NumPy's at special values", { skip: version === null && "no NumPy" }, () => {
  const answer = askNumPy();
  const operand = values.flatMap((re) => values.flatMap((im) => [re, im]));
  for (const [name, letters] of Object.entries(answer)) {
    for (const [letter, texts] of Object.entries(letters)) {
      const digits = letter === "D" ? 53 : 24;
      const got = results(name, `${letter}->${letter}`, [operand]);
      texts.forEach((text, k) => {
        const wanted = parsed(text);
        const close =
          Number.isFinite(wanted) && wanted !== 0
            ? Math.abs(got[k]! - wanted) <= 8 * spacing(wanted, digits)
            : Object.is(got[k], wanted);
        const z = operand.slice(k - (k % 2), k - (k % 2) + 2);
        assert.ok(close, `${name} ${letter} of ${z}, part ${k % 2}: ${got[k]}, not ${wanted}`);
      });
    }
  }
});
