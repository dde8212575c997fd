/** Calls whose results, of any form, are compared with those of a NumPy. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { NDArray } from "../../src/array/ndarray.ts";
import { Descriptor } from "../../src/dtype/descriptor.ts";
import { isNdError } from "../../src/errors.ts";
import * as np from "../../src/index.ts";
import { layouts } from "../sweep/layouts.ts";

const script = fileURLToPath(new URL("numpy_grids.py", import.meta.url));

/** A call here, and the same for NumPy, where the arrays are a[0], a[1], … */
export interface GridCase {
  readonly arrays?: readonly NDArray[];
  readonly call: string;
  /** Statements in front of the call. */
  readonly setup?: string;
  /** Whether NumPy's int64 arrays stand for int32; true if left out. */
  readonly narrow?: boolean;
  /** Whether the layouts of results are compared; true if left out. */
  readonly strides?: boolean;
  readonly run: (...arrays: NDArray[]) => unknown;
}

/** NumPy's classes of errors, and ours. */
const classes: Readonly<Record<string, readonly string[]>> = {
  IndexError: ["IndexError"],
  ValueError: ["ValueError", "ShapeError"],
  TypeError: ["DTypeError"],
};

/** What differs, case by case. */
export function differences(cases: readonly GridCase[]): string[] {
  const specs = cases.map(({ arrays = [], call, setup = "", narrow = true }) => ({
    call,
    setup,
    narrow,
    arrays: arrays.map((a) => ({
      dtype: a.dtype.fields === null ? a.dtype.str : a.dtype.descr,
      shape: a.shape,
      strides: a.strides,
      offset: a.byteOffset,
      bytes: a.buffer.byteLength,
    })),
  }));
  const heads = Buffer.from(`${JSON.stringify(specs)}\n`);
  const memory = cases.flatMap(({ arrays = [] }) =>
    arrays.map((a) => Buffer.from(a.buffer.slice(0) as ArrayBuffer)),
  );
  const input = Buffer.concat([heads, ...memory]);
  const asked = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-B", script], {
    input,
    maxBuffer: 2 ** 30,
  });
  if (asked.status !== 0) throw new Error(String(asked.stderr));
  const answers = JSON.parse(String(asked.stdout)) as unknown[];
  return cases.flatMap((one, k) => {
    const got = outcome(one);
    const wanted = answers[k];
    return isSame(got, wanted, one.strides ?? true)
      ? []
      : [`${one.call}\n  got    ${text(got)}\n  wanted ${text(wanted)}`];
  });
}

function outcome({ arrays = [], run }: GridCase): unknown {
  try {
    return describe(run(...arrays));
  } catch (error) {
    if (!isNdError(error)) throw error;
    return { error: error.name };
  }
}

function describe(value: unknown): unknown {
  if (value instanceof NDArray) {
    const { shape, dtype } = value;
    const strides = value.size > 1 ? value.strides.filter((_, k) => shape[k]! > 1) : [];
    const bytes = Buffer.from(np.tobytes(value)).toString("hex");
    return { dtype: dtype.fields === null ? dtype.str : String(dtype), shape, strides, bytes };
  }
  if (Array.isArray(value)) return value.map(describe);
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Descriptor) return String(value);
  return value === undefined ? null : value;
}

function isSame(got: unknown, wanted: unknown, strides: boolean): boolean {
  if (Array.isArray(got) && Array.isArray(wanted)) {
    return got.length === wanted.length && got.every((one, k) => isSame(one, wanted[k], strides));
  }
  if (typeof wanted !== "object" || wanted === null) return Object.is(got, wanted);
  const theirs = wanted as Record<string, unknown>;
  if (typeof got !== "object" || got === null) return Object.is(got, scalarOf(theirs));
  const ours = got as Record<string, unknown>;
  if ("error" in ours || "error" in theirs) {
    return (classes[String(theirs.error)] ?? []).includes(String(ours.error));
  }
  const keys = strides ? ["dtype", "shape", "strides", "bytes"] : ["dtype", "shape", "bytes"];
  return keys.every((key) => JSON.stringify(ours[key]) === JSON.stringify(theirs[key]));
}

/** The JS value of a scalar of NumPy's. */
function scalarOf({ dtype, shape, bytes }: Record<string, unknown>): unknown {
  if (!Array.isArray(shape) || shape.length > 0) return undefined;
  const memory = Uint8Array.from(Buffer.from(String(bytes), "hex"));
  return describe(np.frombuffer(memory, dtype as "float64").at(0));
}

function text(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 400) ?? "undefined";
}

/** An array of whole numbers below a limit in each of the layouts of the sweep, which NumPy gets too. */
export function inLayouts(dtype: np.DTypeLike, limit: number): { name: string; a: NDArray }[] {
  const type = np.dtype(dtype) as Descriptor;
  return Object.entries(layouts).map(([name, spec]) => {
    const unit = type.itemsize + (spec.gap ?? 0);
    const buffer = new ArrayBuffer(200 * unit);
    const lead = spec.lead ?? 0;
    for (let k = 0; k < 199; k++) {
      type.access.write(
        new DataView(buffer),
        lead + k * unit,
        type.access.convert((k * 37) % limit) as never,
      );
    }
    const strides = spec.strides.map((step) => step * unit);
    const offset = spec.offset * unit + lead;
    return {
      name,
      a: np.fromStrided({ buffer, dtype: type, shape: spec.shape, strides, offset }) as NDArray,
    };
  });
}
