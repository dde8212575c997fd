import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { workingCopy } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { isString } from "../dtype/strings.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { addRows, compareRows, isComparison } from "./string-compare.ts";
import type { StringEngine } from "./string-hook.ts";
import { rowsOf, walkOver } from "./string-rows.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { maskFrom, outsFrom, type UfuncOptions } from "./ufunc-options.ts";

/**
 * Ufuncs of strings: comparisons, `add`, and the logical ones, which ask whether strings are empty. What `np.strings`
 * has beside these are functions of its own.
 */

/** The result of a ufunc one of whose operands is of strings; null stands for an operand that is a scalar. */
function callStrings(
  core: UfuncCore,
  operands: readonly (NDArray | null)[],
  options: UfuncOptions,
): NDArray | null {
  if (core.rule === "logical" && core.nin === 2) return null;
  const known = isComparison(core.name) || core.name === "add";
  const texts = operands.filter((a): a is NDArray => a !== null && isString(a.dtype));
  if (!known || texts.length < 2 || texts[0]!.dtype.kind !== texts[1]!.dtype.kind) {
    throw noLoop(core, operands);
  }
  for (const name of ["dtype", "sig", "signature"] as const) {
    if (options[name] !== undefined && options[name] !== null) {
      throw new DTypeError(
        `${core.name}: ${name} cannot be given for strings; their dtype follows from the operands`,
      );
    }
  }
  return finishStrings(core, options, texts, (shape) => {
    const walk = walkOver(shape, options.order === "C" ? "C" : texts);
    const [a, b] = texts.map((text) => rowsOf(text, walk));
    const type = texts[0]!.dtype.kind === "U" ? "str" : "bytes";
    return isComparison(core.name) ? compareRows(walk, a!, b!, core.name) : addRows(walk, a!, b!, type);
  });
}

/** The operands of a logical ufunc with bools for strings: whether they are not empty. */
function truthOfStrings(operands: readonly (NDArray | null)[], caller: string): (NDArray | null)[] {
  return operands.map((a) => (a !== null && isString(a.dtype) ? workingCopy(a, plain.bool, "K", caller) : a));
}

function extremeStrings(
  x: NDArray,
  axis: number,
  largest: boolean,
  tell: (line: number, position: number) => void,
): void {
  const { shape, strides, offset } = x.layout;
  const last = (list: readonly number[]) => [...list.filter((_, k) => k !== axis), list[axis]!];
  const lines = x.viewAs({ shape: last(shape), strides: last(strides), offset });
  const walk = walkOver(lines.layout.shape, "C");
  const rows = rowsOf(lines, walk);
  const length = shape[axis]!;
  for (let line = 0; line * length < walk.count; line++) {
    const first = rows.at + line * length * rows.step;
    let best = 0;
    for (let k = 1; k < length; k++) {
      const order = compareAt(rows.codes, first + k * rows.step, first + best * rows.step, rows.width);
      if (largest ? order > 0 : order < 0) best = k;
    }
    tell(line, best);
  }
}

/** Below 0 when the first of two rows comes before the other, above 0 when behind it. */
function compareAt(codes: Uint32Array, a: number, b: number, width: number): number {
  for (let c = 0; c < width; c++) {
    if (codes[a + c] !== codes[b + c]) return codes[a + c]! < codes[b + c]! ? -1 : 1;
  }
  return 0;
}

function noLoop(core: UfuncCore, operands: readonly (NDArray | null)[]): DTypeError {
  const types = operands.map((a) => (a === null ? "a scalar" : String(a.dtype)));
  const mend =
    core.name === "multiply"
      ? "use strings.multiply"
      : "comparisons and add take strings of one kind; np.strings has more functions";
  return new DTypeError(`${core.name}: there is no loop for ${types.join(" and ")}; ${mend}`);
}

/** What the edge gives to ufuncs. */
export const strings: StringEngine = { call: callStrings, truth: truthOfStrings, positions: extremeStrings };

/** What a function is called, and how its result is given back. */
export interface StringOptions {
  readonly out?: UfuncOptions["out"];
  readonly where?: UfuncOptions["where"];
  readonly casting?: UfuncOptions["casting"];
}

/**
 * The result of a function on strings, computed afresh and then brought where the options say. Whatever operands and
 * `out` share, the operands have been read before anything is written.
 */
export function finishStrings(
  core: { readonly name: string; readonly nin: number; readonly nout: number },
  wanted: StringOptions,
  operands: readonly NDArray[],
  compute: (shape: readonly number[]) => NDArray,
): NDArray {
  const { name } = core;
  const options = optionsFrom(wanted, name);
  const given = outsFrom(core as UfuncCore, options.out)[0] ?? null;
  const mask = maskFrom(core, options.where);
  const all = mask === null ? operands : [...operands, mask];
  const shape = broadcastShapes(
    all.map((a) => a.layout.shape),
    name,
  );
  if (given !== null) requireWriteable(given, name);
  if (given !== null && !isSameShape(given.layout.shape, shape)) throw wrongShape(name, given, shape);
  const result = compute(shape);
  if (given === null && mask === null) return result;
  const target = given ?? emptyArray(shape, result.dtype, "C", name);
  const casting = options.casting ?? "same_kind";
  assign(target, result, mask === null ? { casting, caller: name } : { casting, caller: name, where: mask });
  return target;
}

function wrongShape(name: string, out: NDArray, shape: readonly number[]): ShapeError {
  return new ShapeError(
    `${name}: out has shape ${shapeText(out.layout.shape)}, but the operands broadcast to ${shapeText(shape)}; an output is never stretched`,
  );
}
