/** Compares outputs of loops, element by element: the same bits, or both NaN, or as near as a ufunc is allowed. */

import { fromFloat16 } from "../../../src/dtype/float16.ts";

type Slack = "zeros" | number | null;

interface Operands {
  readonly types: string;
  readonly count: number;
  readonly bytes: readonly Uint8Array[];
}

/** The scalars of an array of elements of a type; complex numbers give two each. */
function scalarsOf(letter: string, bytes: Uint8Array): ArrayLike<number | bigint> {
  const { buffer } = bytes.slice();
  if (letter === "e") return Float64Array.from(new Uint16Array(buffer), (half) => fromFloat16(half));
  if ("fF".includes(letter)) return new Float32Array(buffer);
  if ("dD".includes(letter)) return new Float64Array(buffer);
  const make = lanes[letter];
  return make === undefined ? new Uint8Array(buffer) : make(buffer);
}

const lanes: Readonly<Record<string, (buffer: ArrayBuffer) => ArrayLike<number | bigint>>> = {
  b: (buffer) => new Int8Array(buffer),
  h: (buffer) => new Int16Array(buffer),
  H: (buffer) => new Uint16Array(buffer),
  i: (buffer) => new Int32Array(buffer),
  I: (buffer) => new Uint32Array(buffer),
  l: (buffer) => new BigInt64Array(buffer),
  L: (buffer) => new BigUint64Array(buffer),
};

/** A float as an integer in the order of floats, so that neighbours differ by 1. */
function ordered(x: number, letter: string): bigint {
  const view = new DataView(new ArrayBuffer(8));
  const single = "fF".includes(letter);
  if (single) view.setFloat32(0, x);
  else view.setFloat64(0, x);
  const bits = single ? BigInt(view.getInt32(0)) : view.getBigInt64(0);
  return bits >= 0n ? bits : -(bits & (single ? 0x7fffffffn : 0x7fffffffffffffffn));
}

function isSame(a: number | bigint, b: number | bigint, letter: string, slack: Slack): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a === "bigint" || typeof b === "bigint" || slack === null) return false;
  if (slack === "zeros") return a === b;
  if (!"fdFD".includes(letter)) return false;
  const apart = ordered(a, letter) - ordered(b, letter);
  return (a === 0) === (b === 0) && apart <= slack && apart >= -slack;
}

/** What differs, as text. */
export function differences(
  { types, count, bytes }: Operands,
  got: readonly Uint8Array[],
  wanted: readonly Uint8Array[],
  slack: Slack,
): string[] {
  const [inputs, outputs] = types.split("->") as [string, string];
  const operands = [...inputs].map((letter, k) => scalarsOf(letter, bytes[k]!));
  const found: string[] = [];
  [...outputs].forEach((letter, k) => {
    const [mine, theirs] = [scalarsOf(letter, got[k]!), scalarsOf(letter, wanted[k]!)];
    const parts = mine.length / count;
    for (let at = 0; at < mine.length; at++) {
      if (isSame(mine[at]!, theirs[at]!, letter, slack)) continue;
      const element = Math.floor(at / parts);
      const xs = operands.map((values, j) => {
        const width = "FD".includes(inputs[j]!) ? 2 : 1;
        return Array.from({ length: width }, (_, i) => shown(values[element * width + i]!)).join("|");
      });
      found.push(`(${xs.join(", ")}) output ${k} is ${shown(mine[at]!)}, NumPy's ${shown(theirs[at]!)}`);
    }
  });
  return found;
}

function shown(x: number | bigint): string {
  return Object.is(x, -0) ? "-0" : String(x);
}
