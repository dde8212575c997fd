/** Cases that NumPy drew and answered: what `reduce_cases.py` prints. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as np from "../../src/index.ts";

const python = process.env.NDVIEW_PYTHON ?? "python3";
const script = fileURLToPath(new URL("reduce_cases.py", import.meta.url));

/** An array as it is sent: the bytes it lies in and its layout. */
export interface ArraySpec {
  readonly raw: string;
  readonly shape: number[];
  readonly strides: number[];
  readonly offset: number;
  readonly dtype: string;
}

export interface NumPyAnswer {
  readonly error?: string;
  readonly raw: string;
  readonly shape: number[];
  readonly dtype: string;
  readonly strides: number[] | null;
}

export interface NumPyCase {
  readonly kind: "reduce" | "accumulate" | "reduceat";
  readonly ufunc: string;
  readonly array: ArraySpec;
  readonly options: Record<string, unknown>;
  readonly where?: ArraySpec;
  readonly out?: ArraySpec;
  readonly indices?: number[];
  readonly answer: NumPyAnswer;
}

/** `count` cases of some kinds; null where there is no NumPy. */
export function numpyCases(seed: number, count: number, kinds: readonly string[]): NumPyCase[] | null {
  const args = ["-W", "ignore", script, String(seed), String(count), ...kinds];
  const ran = spawnSync(python, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  if (ran.status !== 0) {
    if (/No module named 'numpy'/.test(ran.stderr ?? "") || ran.error !== undefined) return null;
    throw new Error(ran.stderr);
  }
  return ran.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as NumPyCase);
}

/** The array that was sent. */
export function arrayOf({ raw, shape, strides, offset, dtype }: ArraySpec): np.NDArray {
  const bytes = Uint8Array.from(Buffer.from(raw, "base64"));
  return np.fromStrided({ data: bytes, shape, strides, offset, dtype: dtype as np.DTypeName });
}

/**
 * Why a result is not the answer; null when it is. Loosely, zeros may differ in sign, and products of complex numbers in
 * their last bits: NumPy has a fused multiply-add for some of them.
 */
export function difference(result: unknown, answer: NumPyAnswer, loose: boolean): string | null {
  const a = result instanceof np.NDArray ? result : np.array(result as never, answer.dtype as np.DTypeName);
  if (a.dtype.name !== answer.dtype) return `dtype ${a.dtype.name}, not ${answer.dtype}`;
  if (String(a.shape) !== String(answer.shape)) return `shape ${a.shape}, not ${answer.shape}`;
  if (result instanceof np.NDArray && answer.strides !== null) {
    const strides = a.strides;
    for (const [k, length] of a.shape.entries()) {
      if (length > 1 && strides[k] !== answer.strides[k]) return `strides ${strides}, not ${answer.strides}`;
    }
  }
  const bytes = Uint8Array.from(Buffer.from(answer.raw, "base64"));
  const wanted = np.fromStrided({ data: bytes, shape: [a.size], dtype: answer.dtype as np.DTypeName });
  const flat = np.ravel(np.ascontiguousarray(a));
  for (let k = 0; k < a.size; k++) {
    const [x, y] = [flat.at(k), wanted.at(k)];
    if (!same(x, y, loose)) return `element ${k} is ${String(x)}, not ${String(y)}`;
  }
  return null;
}

function same(x: unknown, y: unknown, loose: boolean): boolean {
  if (x instanceof np.Complex && y instanceof np.Complex) {
    if (same(x.re, y.re, loose) && same(x.im, y.im, loose)) return true;
    return loose && Math.hypot(x.re - y.re, x.im - y.im) <= 1e-6 * Math.hypot(y.re, y.im);
  }
  return Object.is(x, y) || (loose && x === y);
}
