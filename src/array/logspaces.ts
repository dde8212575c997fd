/**
 * Numbers that are evenly spaced on a logarithmic scale, made as powers of evenly spaced exponents.
 */

import { Complex } from "../dtype/complex.ts";
import { coerceBool } from "../dtype/convert.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike, Value } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { ValueError } from "../errors.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { type DTypeArgument, dtypeAsked, keywordsOf, type NoDType } from "./arguments.ts";
import { product, quotient } from "./arithmetic.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { castArray } from "./duplicate.ts";
import { log10 } from "./log10.ts";
import type { NDArray } from "./ndarray.ts";
import {
  asArray,
  elementsOf,
  inexactDType,
  placed,
  requireInexact,
  type SpaceKeywords,
  type SpaceOptions,
  spaced,
  type Values,
} from "./spaces.ts";

/** How `logspace` counts. */
export interface LogspaceKeywords extends SpaceKeywords {
  /** What is raised to the powers; 10 if left out. */
  readonly base?: ScalarLike | undefined;
}

/** The same with a dtype. */
export interface LogspaceOptions extends LogspaceKeywords, SpaceOptions {}

type RealScalar = number | bigint | boolean;

/**
 * `num` numbers from `base ** start` to `base ** stop` whose exponents are evenly spaced.
 *
 * @param num how many; 50 if left out
 * @param options a dtype, or `{ dtype, endpoint, base, axis }`
 * @throws ValueError when `num` is negative or no integer.
 * @example
 * np.logspace(0, 3, 4).tolist(); // [1, 10, 100, 1000]
 * np.logspace(0, 3, 4, { base: 2 }).tolist(); // [1, 2, 4, 8]
 */
export function logspace(
  start: RealScalar,
  stop: RealScalar,
  num?: number,
  options?: LogspaceKeywords & NoDType & { readonly base?: RealScalar | undefined },
): NDArray<"float64">;
export function logspace<const S extends DTypeLike>(
  start: ArrayInput,
  stop: ArrayInput,
  num: number,
  options: DTypeArgument<S, LogspaceKeywords>,
): NDArray<DTypeOf<S>>;
export function logspace(
  start: ArrayInput,
  stop: ArrayInput,
  num?: number,
  options?: DTypeLike | LogspaceOptions | null,
): NDArray;
export function logspace(
  start: ArrayInput,
  stop: ArrayInput,
  num = 50,
  options?: DTypeLike | LogspaceOptions | null,
): NDArray {
  const keywords = keywordsOf<LogspaceOptions>(options);
  const { base = 10 } = keywords;
  const { samples } = spaced(start, stop, num, keywords.endpoint ?? true, "logspace");
  const powers = castArray(samples, inexactDType([samples, base], "logspace"), "C", "logspace");
  raise(base, powers);
  return placed(powers, dtypeAsked(keywords) ?? powers.dtype, keywords.axis ?? 0, "logspace");
}

/** Replaces each element of a dense array by a power. */
function raise(base: ScalarLike, exponents: NDArray): void {
  if (exponents.dtype.kind !== "c") {
    const real = Number(base as RealScalar);
    mapInPlace(exponents, (x) => real ** (x as number));
  } else {
    const z = base instanceof Complex ? base : new Complex(Number(base), 0);
    mapInPlace(exponents, (w) => power(z, w as Complex));
  }
}

function mapInPlace(a: NDArray, change: (value: Value<"float64"> | Complex, k: number) => unknown): void {
  const { access, itemsize } = a.dtype;
  const { view } = a.storage;
  const { offset } = a.layout;
  for (let k = 0; k < a.size; k++) {
    const at = offset + k * itemsize;
    access.write(view, at, change(access.read(view, at) as number, k) as never);
  }
}

/** A complex number raised to a complex power; the branch with the angle of `z` between -π and π. */
function power(z: Complex, w: Complex): Complex {
  if (w.re === 0 && w.im === 0) return new Complex(1, 0);
  const modulus = Math.hypot(z.re, z.im);
  const angle = Math.atan2(z.im, z.re);
  const size = modulus ** w.re * Math.exp(-w.im * angle);
  const turn = w.im * Math.log(modulus) + w.re * angle;
  // A turn of 0 is kept apart, so that an infinite size does not become NaN.
  return turn === 0 ? new Complex(size, turn) : new Complex(size * Math.cos(turn), size * Math.sin(turn));
}

/**
 * `num` numbers from `start` to `stop`, each the same multiple of the one before.
 *
 * Both may be negative; complex numbers lie on a logarithmic spiral. They may be arrays that broadcast.
 *
 * @param num how many; 50 if left out
 * @param options a dtype, or `{ dtype, endpoint, axis }`
 * @throws ValueError when start or stop is 0, or `num` is negative or no integer.
 * @example
 * np.geomspace(1, 1000, 4).tolist(); // [1, 10, 100, 1000]
 */
export function geomspace(
  start: RealScalar,
  stop: RealScalar,
  num?: number,
  options?: SpaceKeywords & NoDType,
): NDArray<"float64">;
export function geomspace<const S extends DTypeLike>(
  start: ArrayInput,
  stop: ArrayInput,
  num: number,
  options: DTypeArgument<S, SpaceKeywords>,
): NDArray<DTypeOf<S>>;
export function geomspace(
  start: ArrayInput,
  stop: ArrayInput,
  num?: number,
  options?: DTypeLike | SpaceOptions | null,
): NDArray;
export function geomspace(
  start: ArrayInput,
  stop: ArrayInput,
  num = 50,
  options?: DTypeLike | SpaceOptions | null,
): NDArray {
  const keywords = keywordsOf<SpaceOptions>(options);
  const asked = dtypeAsked(keywords);
  const ends: NDArray[] = [asarray(start), asarray(stop)];
  const common = promoteAll(
    [...ends.map((x) => x.dtype), asked ?? plain.float64, plain.float64],
    "geomspace",
  );
  const dtype = requireInexact(common, "geomspace") as Descriptor<"float64" | "complex128">;
  const shape = broadcastShapes(
    ends.map((x) => x.layout.shape),
    "geomspace",
  );
  const [from, to] = ends.map((x) => elementsOf(x, dtype, shape)) as [Values, Values];
  const turned = turns[dtype.type](from as never, to as never);
  const [low, high] = turned.logs.map((logs) => asArray(logs, dtype, shape, "geomspace")) as [
    NDArray,
    NDArray,
  ];
  const endpoint = keywords.endpoint ?? true;
  const { samples } = spaced(low, high, num, endpoint, "geomspace");
  raise(10, samples);
  const [m, end] = [from.length, endpoint && num > 1 ? (num - 1) * from.length : Infinity];
  // Powers of logarithms are not quite what they were, so the ends are set.
  mapInPlace(samples, (x, k) =>
    turned.back(k < m ? turned.from[k]! : k >= end ? turned.to[k - end]! : (x as never), k % m),
  );
  return placed(samples, asked ?? common, keywords.axis ?? 0, "geomspace");
}

/** Starts and stops turned so that every start is positive, their logarithms, and how to turn back. */
interface Turned {
  readonly from: readonly never[];
  readonly to: readonly never[];
  readonly logs: readonly [readonly unknown[], readonly unknown[]];
  back(x: never, k: number): unknown;
}

const turns: Readonly<
  Record<"float64" | "complex128", (from: readonly never[], to: readonly never[]) => Turned>
> = {
  float64: (from, to) =>
    turn(
      from,
      to,
      Math.sign,
      (a, b) => a / b,
      (a, b) => a * b,
      log10,
    ),
  complex128: (from, to) => turn(from, to, direction, quotient, product, logarithm),
};

function turn<V extends number | Complex>(
  from: readonly V[],
  to: readonly V[],
  sign: (x: V) => V,
  over: (a: V, b: V) => V,
  times: (a: V, b: V) => V,
  log: (x: V) => V,
): Turned {
  if ([...from, ...to].some((x) => coerceBool(x) === false)) {
    throw new ValueError("geomspace: a geometric sequence cannot start or stop at 0");
  }
  const signs = from.map(sign);
  const starts = from.map((x, k) => over(x, signs[k]!));
  const stops = to.map((x, k) => over(x, signs[k]!));
  return {
    from: starts as never[],
    to: stops as never[],
    logs: [starts.map(log), stops.map(log)],
    back: (x, k) => times(x, signs[k]!),
  };
}

function direction(z: Complex): Complex {
  const size = Math.hypot(z.re, z.im);
  return new Complex(z.re / size, z.im / size);
}

function logarithm(z: Complex): Complex {
  return new Complex(log10(Math.hypot(z.re, z.im)), Math.atan2(z.im, z.re) * Math.LOG10E);
}
