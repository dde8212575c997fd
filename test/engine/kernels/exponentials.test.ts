import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { Measured } from "../../../scripts/accuracy/domains.ts";
import { exponentials } from "../../../scripts/accuracy/exponentials.ts";
import { loopsOf, Reference, runKernel } from "../../../scripts/accuracy/measure.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";
import { numpyVersion } from "../../oracle/version.ts";

interface GoldenRow {
  readonly name: string;
  readonly dtype: "d" | "f";
  readonly inputs: readonly string[];
  readonly wanted: string;
}

const golden: readonly GoldenRow[] = JSON.parse(
  gunzipSync(readFileSync(new URL("exponentials.json.gz", import.meta.url))).toString(),
);

function measuredOf(name: string): Measured {
  return exponentials.find((row) => row.name === name)!;
}

function floats(text: string, dtype: "d" | "f"): Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer> {
  const { buffer } = Uint8Array.from(Buffer.from(text, "base64"));
  return dtype === "d" ? new Float64Array(buffer) : new Float32Array(buffer);
}

/** The number of floats between two of one dtype; 0 apart only if they are the same, signs of zeros included. */
function apart(a: number, b: number, dtype: "d" | "f"): number {
  if (Object.is(a, b)) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === b || a < 0 !== b < 0)
    return Number.POSITIVE_INFINITY;
  const order = (x: number): bigint => {
    const view = new DataView(new ArrayBuffer(8));
    if (dtype === "d") view.setFloat64(0, Math.abs(x));
    else view.setFloat32(4, Math.abs(x));
    return view.getBigInt64(0);
  };
  const distance = Number(order(a) - order(b));
  return Math.abs(distance);
}

test("special values and others are NumPy's, at most one float away", () => {
  const wrong: string[] = [];
  for (const { name, dtype, inputs, wanted } of golden) {
    const xs = inputs.map((text) => floats(text, dtype));
    const types = `${dtype.repeat(xs.length)}->${dtype}`;
    const results = runKernel(measuredOf(name), types, xs);
    floats(wanted, dtype).forEach((right, k) => {
      const far = apart(results[k]!, right, dtype);
      // A sum that nearly cancels is right to as many digits as its terms have.
      const allowed = name.startsWith("logaddexp") && Math.abs(right) < 0.1 ? 2 ** 20 : 1;
      if (far > allowed) {
        wrong.push(`${name} ${dtype} (${xs.map((x) => x[k])}): ${results[k]}, not ${right}`);
      }
    });
  }
  assert.deepEqual(wrong, []);
});

test("powers, roots and logarithms that are exact come out exact", () => {
  const exact = (name: string, args: readonly (readonly number[])[], wanted: readonly number[]) => {
    for (const dtype of ["d", "f"] as const) {
      const xs = args.map((list) => (dtype === "d" ? Float64Array.from(list) : Float32Array.from(list)));
      const results = runKernel(measuredOf(name), `${dtype.repeat(xs.length)}->${dtype}`, xs);
      assert.deepEqual([...results], [...wanted], `${name} ${dtype}`);
    }
  };
  const integers = Array.from({ length: 200 }, (_, k) => k - 100);
  exact(
    "exp2",
    [integers],
    integers.map((k) => 2 ** k),
  );
  exact("log2", [integers.map((k) => 2 ** k)], integers);
  const tens = Array.from({ length: 11 }, (_, k) => k);
  exact("log10", [tens.map((k) => 10 ** k)], tens);
  exact("cbrt", [integers.map((k) => k ** 3)], integers);
  exact(
    "power",
    [integers, integers.map(() => 2)],
    integers.map((k) => k * k),
  );
  exact(
    "power",
    [integers, integers.map(() => 3)],
    integers.map((k) => k ** 3),
  );
  exact(
    "hypot",
    [
      [3, 5, 8, 0, -20],
      [4, -12, 15, -7, 21],
    ],
    [5, 13, 17, 7, 29],
  );
  exact("sqrt", [tens.map((k) => k * k)], tens);
});

test("a result depends neither on its neighbours nor on its place, and nothing else is written", () => {
  const values = [0.3, -0.3, 1e-310, Number.NaN, 2.5, Number.POSITIVE_INFINITY, 0, -0, 800, -800, 1, 0.99, 7];
  for (const row of exponentials) {
    for (const types of row.types.split(" ").filter((text) => !text.includes("e"))) {
      const of = types.endsWith("d") || types.endsWith("D") ? Float64Array : Float32Array;
      const width = /[FD]/.test(types) ? 2 : 1;
      const inputs = [...types.split("->")[0]!].map((_, j) => {
        const numbers = values.concat(width === 2 ? values : []);
        return new of(numbers.map((_, k) => values[(k * (j + 1) + j) % values.length]!));
      });
      const all = runKernel(row, types, inputs);
      for (let k = 0; k < values.length; k++) {
        const one = inputs.map((xs) => xs.slice(k * width, (k + 1) * width));
        const alone = runKernel(row, types, one);
        assert.deepEqual([...alone], [...all.slice(k * width, (k + 1) * width)], `${row.name} ${types} ${k}`);
      }
      const lane = of === Float64Array ? heap.f64 : heap.f32;
      const at = (tile: number) => tilePointer(tile) / of.BYTES_PER_ELEMENT;
      lane[at(0) + 3 * width] = 42;
      row.kernel(types).run(3, ...inputs.map(() => tilePointer(0)), tilePointer(0));
      assert.equal(lane[at(0) + 3 * width], 42, `${row.name} ${types}`);
    }
  }
});

/** What is allowed, in ulps: a complex function combines several real ones, and its powers multiply what they lose. */
function allowed({ name }: Measured, types: string): number {
  if (!/[FD]/.test(types)) return 1;
  return name === "power" ? 50 : 8;
}

test("errors against long doubles are at most an ulp", { skip: numpyVersion() === null }, async () => {
  const reference = new Reference();
  const wrong: string[] = [];
  let seed = 1;
  for (const row of exponentials) {
    for (const domain of row.domains) {
      for (const types of loopsOf(row, domain)) {
        const { max, at, got } = await reference.measure(row, types, domain, 3000, seed++);
        if (!(max <= allowed(row, types))) wrong.push(`${row.name} ${types} at ${at}: ${got}, ${max} ulp`);
      }
    }
  }
  reference.close();
  assert.deepEqual(wrong, []);
});
