import assert from "node:assert/strict";
import { test } from "node:test";
import { exponentials } from "../../../scripts/accuracy/exponentials.ts";
import { functions } from "../../../scripts/accuracy/functions.ts";
import { ufuncs } from "./loops.ts";

// Browsers refuse to compile more than this at once on their main thread, or did until lately.
const MOST = 4096;

interface Compiler {
  Module: new (bytes: Uint8Array) => object;
}

test("every kernel's module is small enough for a browser's main thread", () => {
  const compiler = (globalThis as unknown as { readonly WebAssembly: Compiler }).WebAssembly;
  const { Module } = compiler;
  let size = 0;
  compiler.Module = class extends Module {
    constructor(bytes: Uint8Array) {
      super(bytes);
      size = bytes.length;
    }
  };
  try {
    const rows = [
      ...Object.entries(ufuncs).map(([name, { kernels, types }]) => ({ name, kernels, loops: types })),
      ...[...exponentials, ...functions].map(({ name, kernel, types }) => ({
        name,
        kernels: kernel,
        loops: types.split(" "),
      })),
    ];
    const large = rows.flatMap(({ name, kernels, loops }) =>
      loops.flatMap((loop) => {
        size = 0;
        // Run on nothing, which builds it.
        kernels(loop).run(0, 64, 64, 64, 64);
        return size > MOST ? [`${name} ${loop}: ${size}`] : [];
      }),
    );
    assert.deepEqual(large, []);
    assert.ok(size > 0);
  } finally {
    compiler.Module = Module;
  }
});
