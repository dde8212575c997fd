/** Runs a chain on ndview, and says about its arrays what numpy_server.py says about NumPy's. */

import { NDArray } from "../../src/array/ndarray.ts";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { isNdError } from "../../src/errors.ts";
import * as np from "../../src/index.ts";
import type { Answer, ArrayAnswer, Chain, EndAnswer, Step, StepAnswer } from "./chain.ts";
import { operations } from "./operations.ts";

const FLAGS = 0x507;

/** A scalar answer. */
class Told {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

const names = {
  np,
  tell: (value: unknown) => new Told(value),
  /** Foreign memory of its own. */
  memory: (text: string) => Uint8Array.from(Buffer.from(text, "hex")).buffer,
  bounds(a: NDArray): number[] {
    const [low, high] = np.byteBounds(a);
    return [low - a.byteOffset, high - a.byteOffset];
  },
};
const keys = Object.keys(names);
const values = Object.values(names);

export class Session {
  readonly arrays = new Map<number, NDArray>();
  readonly #ids = new Map<NDArray, number>();

  /** One step; `fresh` gives the ids of what it makes, where the step does not say them. */
  run(step: Step, fresh?: () => number): StepAnswer {
    const op = operations[step.op]!;
    const code = op.js(step.args);
    try {
      const made = this.#evaluate(op.kind === "do" ? code : `return ${code}`);
      if (op.kind === "do") return { done: true };
      if (made instanceof Told) return { told: made.value };
      return this.#keep(made instanceof NDArray ? [made] : (made as NDArray[]), step, fresh);
    } catch (error) {
      if (!isNdError(error)) return { error: "crash", message: String((error as Error).stack) };
      return { error: error.kind === "shape" ? "value" : error.kind, message: error.message };
    }
  }

  #evaluate(code: string): unknown {
    const used = [...new Set(code.match(/\ba\d+\b/g) ?? [])];
    const given = used.map((name) => this.arrays.get(Number(name.slice(1))));
    return new Function(...keys, ...used, code)(...values, ...given);
  }

  #keep(made: readonly NDArray[], step: Step, fresh?: () => number): StepAnswer {
    const ids = fresh === undefined ? step.out : made.map(() => fresh());
    const kept = made.slice(0, ids.length);
    kept.forEach((a, k) => {
      if (!(a instanceof NDArray)) throw new TypeError(`${step.op} gave ${String(a)} instead of an array`);
      if (!this.#ids.has(a)) this.#ids.set(a, ids[k]!);
      this.arrays.set(ids[k]!, a);
    });
    return { made: kept.map((a) => this.#describe(a)), count: made.length };
  }

  #describe(a: NDArray): ArrayAnswer {
    return {
      same: this.#ids.get(a)!,
      dtype: dtypeText(a.dtype),
      shape: a.shape,
      strides: a.strides,
      flags: a.flags.num & FLAGS,
      base: this.#relation(a),
      offset: a.byteOffset - ownerOf(a).byteOffset,
      bytes: bytesOf(a),
    };
  }

  #relation(a: NDArray): string | number {
    if (a.base === null) return "none";
    if (!(a.base instanceof NDArray)) return "buffer";
    return this.#ids.get(a.base) ?? "hidden";
  }

  end(): EndAnswer {
    const all = [...this.arrays.values()];
    const pairs = all.flatMap((a, k) =>
      all.slice(0, k).map((b) => Number(np.sharesMemory(a, b)) + 2 * Number(np.mayShareMemory(a, b))),
    );
    return {
      bytes: all.map(bytesOf),
      str: all.map((a) => np.arrayStr(a)),
      repr: all.map((a) => np.arrayRepr(a)),
      pairs,
    };
  }
}

function ownerOf(a: NDArray): NDArray {
  let owner = a;
  while (owner.base instanceof NDArray) owner = owner.base;
  return owner;
}

export function bytesOf(a: NDArray): string {
  return Buffer.from(np.tobytes(a)).toString("hex");
}

export function dtypeText(d: Descriptor): unknown {
  if (d.subdtype !== null) return [dtypeText(d.subdtype.dtype), d.subdtype.shape];
  if (d.fields === null) return d.str;
  const fields = d.fields.map((field) => [field.name, dtypeText(field.dtype), field.offset]);
  return { fields, itemsize: d.itemsize, alignment: d.alignment, text: d.toString() };
}

/** A scalar answer as text. Whether a number is a float is not in the number, so it follows what NumPy said. */
export function scalarText(value: unknown, like: unknown): unknown {
  if (typeof value === "boolean") return `b:${Number(value)}`;
  if (typeof value === "bigint") return `i:${value}`;
  if (typeof value === "number") return numberText(value, like);
  if (value instanceof Complex) return ["c", numberText(value.re, "f:"), numberText(value.im, "f:")];
  if (typeof value === "string") return `s:${value}`;
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return `v:${Buffer.from(value).toString("hex")}`;
  const parts = Array.isArray(value) ? value : Object.values(value as object);
  return parts.map((part, k) => scalarText(part, Array.isArray(like) ? like[k] : like));
}

function numberText(value: number, like: unknown): string {
  if (typeof like === "string" && like.startsWith("i:")) return `i:${value}`;
  if (Number.isNaN(value)) return "f:nan";
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return `f:${bytes.toString("hex")}`;
}

export function runChain(chain: Chain): Answer {
  const session = new Session();
  const steps = chain.steps.map((step) => session.run(step));
  return { steps, end: session.end() };
}
