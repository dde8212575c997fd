/** Draws arguments, runs kernels on them, and asks NumPy how far the results are off. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fromFloat16, toFloat16 } from "../../src/dtype/float16.ts";
import { heap, TILE_BYTES, tilePointer } from "../../src/wasm/memory.ts";
import type { Domain, Draw, Measured } from "./domains.ts";

/** What was found for one function, loop and domain. */
export interface Finding {
  readonly name: string;
  readonly types: string;
  readonly draws: readonly Draw[];
  readonly n: number;
  readonly max: number;
  readonly numpy: number;
  readonly at: readonly string[];
  readonly got: string;
}

/** A generator of numbers in [0, 1) with 32 random bits (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawOne([how, from, to]: Draw, next: () => number): number {
  const part = next() + next() * 2 ** -32;
  if (how === "even") return from + (to - from) * part;
  const exponent = Math.log2(from) + (Math.log2(to) - Math.log2(from)) * part;
  const size = Math.min(to, Math.max(from, 2 ** Math.floor(exponent) * (1 + next() + next() * 2 ** -32)));
  return how === "signed" && next() < 0.5 ? -size : size;
}

type Floats = Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

const parts: Readonly<Record<string, 1 | 2>> = { e: 1, f: 1, d: 1, F: 2, D: 2 };

function floatsOf(letter: string, length: number): Floats {
  return letter === "d" || letter === "D" ? new Float64Array(length) : new Float32Array(length);
}

/** Arguments for one operand, already rounded to its dtype. */
export function drawInput(letter: string, draw: Draw, n: number, next: () => number): Floats {
  const values = floatsOf(letter, n * parts[letter]!);
  for (let k = 0; k < values.length; k++) {
    const value = drawOne(draw, next);
    values[k] = letter === "e" ? fromFloat16(toFloat16(value)) : value;
  }
  return values;
}

/** Runs a kernel tile by tile on as many elements as the inputs have. */
export function runKernel(
  { kernel }: Pick<Measured, "kernel">,
  types: string,
  inputs: readonly Floats[],
): Floats {
  const loop = kernel(types);
  const letter = types.at(-1)!;
  const n = inputs[0]!.length / parts[types[0]!]!;
  const output = floatsOf(letter, n * parts[letter]!);
  const step = TILE_BYTES / 16;
  for (let at = 0; at < n; at += step) {
    const count = Math.min(step, n - at);
    const put = (floats: Floats, tile: number, width: number) => {
      if (loop.in[tile] === "float16") {
        const halves = Uint16Array.from(floats.subarray(at, at + count), toFloat16);
        heap.u16.set(halves, tilePointer(tile) / 2);
        return;
      }
      const place = floats instanceof Float64Array ? heap.f64 : heap.f32;
      place.set(
        floats.subarray(at * width, (at + count) * width),
        tilePointer(tile) / place.BYTES_PER_ELEMENT,
      );
    };
    for (const [k, floats] of inputs.entries()) put(floats, k, parts[types[k]!]!);
    loop.run(count, ...inputs.map((_, k) => tilePointer(k)), tilePointer(inputs.length));
    if (loop.out[0] === "float16") {
      const halves = heap.u16.subarray(tilePointer(inputs.length) / 2);
      for (let k = 0; k < count; k++) output[at + k] = fromFloat16(halves[k]!);
      continue;
    }
    const place = output instanceof Float64Array ? heap.f64 : heap.f32;
    const from = tilePointer(inputs.length) / place.BYTES_PER_ELEMENT;
    output.set(place.subarray(from, from + count * parts[letter]!), at * parts[letter]!);
  }
  return output;
}

function base64(letter: string, floats: Floats): string {
  const stored = letter === "e" ? Uint16Array.from(floats, toFloat16) : floats;
  return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString("base64");
}

/** A Python process that knows the right results. */
export class Reference {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  constructor() {
    const script = new URL("reference.py", import.meta.url).pathname;
    this.child = spawn("python3", [script]);
    this.child.stderr.pipe(process.stderr);
    const reader: Interface = createInterface({ input: this.child.stdout });
    this.lines = reader[Symbol.asyncIterator]();
  }

  async measure(row: Measured, types: string, domain: Domain, n: number, seed: number): Promise<Finding> {
    const next = random(seed);
    const letters = types.split("->")[0]!;
    const inputs = domain.draws.map((draw, k) => drawInput(letters[k]!, draw, n, next));
    const output = runKernel(row, types, inputs);
    const question = {
      name: row.name,
      types,
      inputs: inputs.map((floats, k) => base64(letters[k]!, floats)),
      output: base64(types.at(-1)!, output),
    };
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the reference gave no answer for ${row.name} ${types}`);
    return { name: row.name, types, draws: domain.draws, n, ...JSON.parse(value) };
  }

  close(): void {
    this.child.stdin.end();
  }
}

/** The loops that a domain is measured for. */
export function loopsOf(row: Measured, domain: Domain): readonly string[] {
  return (domain.types ?? row.types).split(" ");
}
