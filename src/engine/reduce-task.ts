/** What a reduction comes to, once its arguments are read: checks, the identity, the part of the array to fold. */

import type { TypedPlace } from "../array/cast.ts";
import { asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { normalizeAxes } from "../layout/axes.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isAligned } from "../layout/contiguity.ts";
import { type Layout, shapeText, sizeOf } from "../layout/layout.ts";
import { isInspected, tellCastsLater } from "./drive.ts";
import type { Loop } from "./loop.ts";
import type { Folder } from "./reduce-fold.ts";
import { type Operand, planReduction, reductionOrder } from "./reduce-plan.ts";
import { type Reduction, runReduction } from "./reduce-run.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** A reduction but for where its results go. */
export interface Task {
  readonly folder: Folder;
  readonly loop: Loop;
  readonly x: NDArray;
  readonly reduced: readonly boolean[];
  readonly where: TypedPlace | null;
  /** The element that results start from, as the folder holds it; null for the first of their elements. */
  readonly initial: unknown;
  /** The elements to fold: all, or all but the first along the axis. */
  readonly layout: Layout;
  /** Bytes from the first of the elements to the first one to fold. */
  readonly skipped: number;
  /** Whether there is none to fold: results stay what they start from. */
  readonly still: boolean;
}

/** For each axis whether it is reduced. */
export function reducedAxes(
  axis: number | readonly number[] | null,
  ndim: number,
  caller: string,
): boolean[] {
  if (axis === null) return new Array<boolean>(ndim).fill(true);
  const reduced = new Array<boolean>(ndim).fill(false);
  // NumPy lets the axis of a 0-d array pass.
  if (ndim === 0 && (axis === 0 || axis === -1)) return reduced;
  for (const k of normalizeAxes(axis, ndim, caller)) reduced[k] = true;
  return reduced;
}

/** The task, checked. */
export function prepare(
  core: UfuncCore,
  x: NDArray,
  loop: Loop,
  folder: Folder,
  reduced: readonly boolean[],
  mask: NDArray | null,
  given: ScalarLike | null | undefined,
  caller: string,
): Task {
  const { shape } = x.layout;
  const where = mask === null ? null : maskPlace(mask, shape, caller);
  const size = sizeOf(shape);
  const count = reduced.filter(Boolean).length;
  const asked = initialOf(core, folder, loop, given, caller);
  // Along several axes what changes nothing stands for the first element, which would have to be left out.
  const repeats = asked === null && !folder.idempotent && count > 1 && size > 0;
  const initial = repeats ? (neutralOf(folder) ?? identityOf(core, folder)) : asked;
  requireStart(core, { initial, where, count }, caller);
  if (initial === null && shape.some((length, k) => reduced[k] && length === 0)) {
    throw new ValueError(
      `${caller}: zero-size array to reduction operation ${core.name.replace("Counts", "")} which has no identity; give initial: a value to start from`,
    );
  }
  const base = { folder, loop, x, where, reduced, initial };
  const skips = initial === null && !folder.idempotent && count === 1;
  const axis = reduced.indexOf(true);
  const still = size === 0 || (initial === null && count === 0) || (skips && shape[axis] === 1);
  if (still) return { ...base, layout: withOnes(x.layout, reduced), skipped: 0, still };
  if (!skips) return { ...base, layout: x.layout, skipped: 0, still };
  const skipped = x.layout.strides[axis]!;
  const rest = { ...x.layout, shape: shape.map((n, k) => (k === axis ? n - 1 : n)) };
  return { ...base, layout: { ...rest, offset: rest.offset + skipped }, skipped, still };
}

function withOnes(layout: Layout, reduced: readonly boolean[]): Layout {
  return { ...layout, shape: layout.shape.map((length, k) => (reduced[k] ? 1 : length)) };
}

function requireStart(
  core: UfuncCore,
  { initial, where, count }: { initial: unknown; where: unknown; count: number },
  caller: string,
): void {
  if (count > 1 && core.identity === null && !reorderable.has(core.name)) {
    throw new ValueError(
      `${caller}: ${core.name} is not reorderable, so at most one axis may be reduced; reduce one after the other`,
    );
  }
  if (initial === null && where !== null) {
    throw new ValueError(
      `${caller}: ${core.name} has no identity, so with a mask it needs initial: a value to start from`,
    );
  }
}

/** Ufuncs without an identity whose elements may be met in any order. */
const reorderable: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "maximum",
  "minimum",
  "fmax",
  "fmin",
  "maximumCounts",
  "fminCounts",
]);

function maskPlace(mask: NDArray, shape: readonly number[], caller: string): TypedPlace {
  const layout = broadcastLayout(mask.layout, shape);
  if (layout !== null) return placeOf(mask, layout);
  throw new ShapeError(
    `${caller}: where of shape ${shapeText(mask.layout.shape)} does not broadcast to ${shapeText(shape)}`,
  );
}

/** What changes no result, where results are held as elements are. */
function neutralOf({ tile, result, neutral }: Folder): unknown {
  return tile === result ? (neutral ?? null) : null;
}

/** The identity as the folder holds it, or null. */
function identityOf(core: UfuncCore, folder: Folder): unknown {
  const { identity } = core;
  if (identity === null) return null;
  return plain[folder.result].access.convert(identity, typeof identity === "boolean" ? "b" : "i");
}

function initialOf(
  core: UfuncCore,
  folder: Folder,
  loop: Loop,
  given: ScalarLike | null | undefined,
  caller: string,
): unknown {
  if (given === undefined) return identityOf(core, folder);
  if (given === null) return null;
  const dtype = loop.outputs[0]!;
  const result = plain[folder.result];
  const element = elementFrom(given, dtype, caller);
  return result === dtype ? element : result.access.convert(element, dtype.kind);
}

/** A scalar as an element of the loop, or what casting makes of it. */
function elementFrom(given: ScalarLike, dtype: Descriptor, caller: string): unknown {
  const own = asarray(given);
  if (own.ndim > 0) throw new ValueError(`${caller}: initial must be a scalar`);
  if (given instanceof NDArray || own.dtype.kind !== dtype.kind) {
    return dtype.access.convert(own.at(), own.dtype.kind);
  }
  return dtype.access.coerce(given);
}

/** Where results go, along all axes of the array. */
export interface Target {
  /** 0 along what is reduced. */
  readonly strides: readonly number[];
  readonly offset: number;
  /** Whether it was there before, so that its strides count for the order of the walk. */
  readonly given: boolean;
  readonly cast: boolean;
  /** Whether the reduced axis is walked as lines wherever it lies in memory. */
  readonly inLines?: boolean;
  readonly send: Reduction["send"];
}

/** The axes of an array in the order in which a reduction walks them. */
export function walkOrder(
  x: NDArray,
  where: TypedPlace | null,
  out: readonly number[] | null,
): readonly number[] {
  const lists = where === null ? [x.layout.strides] : [x.layout.strides, where.strides];
  return reductionOrder(x.layout.shape, out === null ? lists : [out, ...lists]);
}

function isBuffered({ dtype, layout }: NDArray, loop: Loop): boolean {
  return dtype !== loop.inputs[1] || !isAligned(layout, dtype.alignment);
}

/** Runs a task. There must be at least one result. */
export function runTask(task: Task, target: Target): void {
  const { folder, loop, x, layout, where, initial, still, skipped } = task;
  const nested = walkOrder(x, where, target.given ? target.strides : null);
  const axes =
    target.inLines === true
      ? [...nested].sort((a, b) => Number(task.reduced[a]) - Number(task.reduced[b]))
      : nested;
  const operands: Operand[] = [
    { strides: target.strides, buffered: target.cast },
    {
      strides: layout.strides,
      buffered: target.inLines !== true && isBuffered(x, loop),
    },
  ];
  if (where !== null) operands.push({ strides: where.strides, buffered: false });
  const plan = planReduction(layout.shape, axes, operands);
  const from = { ...placeOf(x), offset: layout.offset };
  const { send, offset } = target;
  const dtype = loop.outputs[0]!;
  const job = { folder, plan, dtype, from, where, initial, skipped, still, send, offset };
  if (isInspected()) tellCastsLater(() => runReduction(job));
  else runReduction(job);
}
