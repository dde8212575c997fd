import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { numpyVersion } from "../../oracle/version.ts";
import { differences } from "./differences.ts";
import { ufuncs } from "./loops.ts";
import { itemsizeOf, operandsOf } from "./operands.ts";
import { runLoop } from "./run-loop.ts";

const script = fileURLToPath(new URL("numpy_kernels.py", import.meta.url));
// NumPy's complex products are fused where the machine can, and then not those of its source.
const env = { ...process.env, NPY_DISABLE_CPU_FEATURES: "X86_V3 X86_V4 AVX512_ICL AVX512_SPR" };

interface Case {
  readonly name: string;
  readonly types: string;
  readonly count: number;
  readonly bytes: Uint8Array[];
}

/** Exponents must not be negative. */
function withoutNegatives(types: string, bytes: Uint8Array[]): void {
  if (!"bhil".includes(types[1]!)) return;
  const size = itemsizeOf(types[1]!);
  for (let at = size - 1; at < bytes[1]!.length; at += size) bytes[1]![at]! &= 0x7f;
}

function allCases(): Case[] {
  return Object.entries(ufuncs).flatMap(([name, { types }]) =>
    types.map((loop, k) => {
      const operands = operandsOf(loop.split("->")[0]!, 1000 + k);
      if (name === "power") withoutNegatives(loop, operands.bytes);
      return { name, types: loop, ...operands };
    }),
  );
}

/** What NumPy makes of every case: the bytes of its outputs. */
function askNumPy(cases: readonly Case[]): Uint8Array[][] {
  const head = `${JSON.stringify(cases.map(({ name, types, count }) => [name, types, count]))}\n`;
  const input = Buffer.concat([Buffer.from(head), ...cases.flatMap(({ bytes }) => bytes)]);
  const python = process.env.NDVIEW_PYTHON ?? "python3";
  const asked = spawnSync(python, [script], { input, env, maxBuffer: 2 ** 30 });
  assert.equal(asked.status, 0, String(asked.stderr));
  let at = 0;
  return cases.map(({ types, count }) =>
    [...types.split("->")[1]!].map((letter) => {
      const from = at;
      at += count * itemsizeOf(letter);
      return new Uint8Array(asked.stdout.subarray(from, at));
    }),
  );
}

const version = numpyVersion();
const cases = version === null ? [] : allCases();
const wanted = version === null ? [] : askNumPy(cases);

test("there is a NumPy to compare kernels with", { skip: version === null && "no Python with NumPy" }, () => {
  assert.ok(cases.length > 400);
});

for (const name of version === null ? [] : Object.keys(ufuncs)) {
  test(`${name} gives what NumPy gives`, () => {
    const slack = ufuncs[name]!.slack ?? null;
    cases.forEach((one, k) => {
      if (one.name !== name) return;
      const got = runLoop(ufuncs[name]!.kernels(one.types), one.types, one.count, one.bytes);
      const wrong = differences(one, got, wanted[k]!, slack);
      assert.deepEqual(wrong.slice(0, 5), [], `${name} ${one.types}: ${wrong.length} of ${one.count}`);
    });
  });
}
