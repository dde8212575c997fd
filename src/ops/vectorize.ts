import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, toDescriptor } from "../dtype/parse.ts";
import { isScalar, scalarDescriptor } from "../dtype/weak.ts";
import { offsetsOf } from "../engine/index-offsets.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { shapeText, sizeOf } from "../layout/layout.ts";
import { type ElementFunction, mapElements } from "./frompyfunc.ts";

/** How `vectorize` calls a function. */
export interface VectorizeOptions {
  /** The dtype of the result, or a list with one for each; if left out, found out from the first call. */
  readonly otypes?: DTypeLike | readonly DTypeLike[] | null | undefined;
  /** Positions of arguments that are handed over as they are. */
  readonly excluded?: Iterable<number> | null | undefined;
  /** Whether the first call, which shows how many results there are, is not to be made again. */
  readonly cache?: boolean | undefined;
  /** Core dimensions, such as `"(n),(n)->()"`: the function gets arrays of these axes and gives such arrays. */
  readonly signature?: string | null | undefined;
}

/** A function that takes arrays where `fn` takes elements. */
export interface VectorizedFunction {
  (...args: unknown[]): NDArray | NDArray[];
  /** The function that is called for each element. */
  readonly pyfunc: ElementFunction;
  /** The dtypes of the results that were asked for, or null. */
  readonly otypes: readonly Descriptor[] | null;
  /** Positions of arguments that are handed over as they are. */
  readonly excluded: ReadonlySet<number>;
  readonly cache: boolean;
  readonly signature: string | null;
}

/**
 * A function that broadcasts its arguments and calls `fn` for each element; with a `signature` for each part of an
 * array. What several results are given as a list become several arrays. It is no faster than a loop.
 *
 * The dtypes of results are those of the first call unless `otypes` says them; without `cache` that call is made once more.
 *
 * @throws ShapeError when the arguments do not broadcast, or do not have the axes of the signature
 * @throws ValueError when there is no element to find out the dtype from, and no `otypes`
 * @example
 * const clipped = np.vectorize((x: number, most: number) => (x < most ? x : most));
 * clipped([1, 5, 9], 4); // array([1., 4., 4.])
 * const norm = np.vectorize((v: np.NDArray) => Math.hypot(...(v.tolist() as number[])), { signature: "(n)->()" });
 * norm([[3, 4], [6, 8]]); // array([ 5., 10.])
 */
export function vectorize(fn: ElementFunction, options: VectorizeOptions = {}): VectorizedFunction {
  if (typeof fn !== "function") throw new ValueError(`vectorize: ${textOf(fn)} is no function`);
  if (typeof options !== "object" || options === null) {
    throw new ValueError(
      `vectorize: ${textOf(options)} is no object of options, such as { otypes, signature }`,
    );
  }
  const excluded = new Set(positionsFrom(options.excluded));
  const types = typesFrom(options.otypes);
  const core = options.signature ? parseSignature(options.signature) : null;
  const cache = options.cache ?? false;
  const call = (...args: unknown[]) => {
    const places = args.flatMap((_, k) => (excluded.has(k) ? [] : [k]));
    const inner = (...elements: unknown[]) => {
      const all = args.slice();
      for (const [j, k] of places.entries()) all[k] = elements[j];
      return (fn as (...all: unknown[]) => unknown)(...all);
    };
    const given = places.map((k) => args[k] as ArrayInput);
    const results =
      core === null ? overElements(inner, given, types, cache) : overParts(inner, given, types, core);
    return results.length === 1 ? results[0]! : results;
  };
  return Object.assign(call, {
    pyfunc: fn,
    otypes: types,
    excluded,
    cache,
    signature: options.signature ?? null,
  });
}

function positionsFrom(excluded: VectorizeOptions["excluded"]): Iterable<number> {
  if (excluded === null || excluded === undefined) return [];
  if (typeof excluded[Symbol.iterator] === "function") return excluded;
  throw new ValueError(`vectorize: excluded ${textOf(excluded)} is no list of positions`);
}

/** The dtypes of `otypes`; a text of several of NumPy's letters stands for as many. */
function typesFrom(otypes: VectorizeOptions["otypes"]): Descriptor[] | null {
  if (otypes === null || otypes === undefined) return null;
  if (typeof otypes === "string" && /^[?bBhHiIlLqQefdFD]+$/.test(otypes)) {
    return [...otypes].map((letter) => toDescriptor(letter as DTypeLike));
  }
  const list = Array.isArray(otypes) ? (otypes as readonly DTypeLike[]) : [otypes as DTypeLike];
  return list.map((one) => toDescriptor(one));
}

type AnyFunction = (...elements: unknown[]) => unknown;

function overElements(
  fn: AnyFunction,
  given: readonly ArrayInput[],
  types: readonly Descriptor[] | null,
  cache: boolean,
): NDArray[] {
  const arrays: NDArray[] = given.map((one) => asarray(one));
  if (types !== null) return mapElements(fn as ElementFunction, arrays, types, {}, "vectorize");
  const firsts = arrays.map((array) => {
    if (array.size === 0) throw nothingToCall();
    return array.dtype.access.read(array.storage.view, array.layout.offset);
  });
  const first = fn(...firsts);
  const found = (Array.isArray(first) ? first : [first]).map(dtypeOf);
  let pending = cache;
  const once = (...elements: unknown[]) => {
    if (!pending) return fn(...elements);
    pending = false;
    return first;
  };
  return mapElements(once as ElementFunction, arrays, found, {}, "vectorize");
}

function nothingToCall(): ValueError {
  return new ValueError("vectorize: there is no element to find out the dtype from; give otypes");
}

function dtypeOf(value: unknown): Descriptor {
  return isScalar(value) ? scalarDescriptor(value) : asarray(value as ArrayInput).dtype;
}

/** The names of the core dimensions of each operand and of each result. */
interface CoreSignature {
  readonly inputs: readonly (readonly string[])[];
  readonly outputs: readonly (readonly string[])[];
}

function parseSignature(text: string): CoreSignature {
  const sides = String(text).replace(/\s/g, "").split("->");
  const list = /^\(\w*(,\w+)*\)(,\(\w*(,\w+)*\))*$/;
  if (sides.length !== 2 || !sides.every((side) => list.test(side))) {
    throw new ValueError(`vectorize: ${textOf(text)} is no signature; write it as in "(m,n),(n)->(m)"`);
  }
  const [inputs, outputs] = sides.map((side) =>
    [...side.matchAll(/\(([^)]*)\)/g)].map(([, names = ""]) => (names === "" ? [] : names.split(","))),
  ) as [string[][], string[][]];
  return { inputs, outputs };
}

/** Calls a function for parts of arrays: those along the core dimensions, for all that is in front of them. */
function overParts(
  fn: AnyFunction,
  given: readonly ArrayInput[],
  types: readonly Descriptor[] | null,
  { inputs, outputs }: CoreSignature,
): NDArray[] {
  if (given.length !== inputs.length) {
    throw new ValueError(
      `vectorize: ${given.length} arguments were given; the signature has ${inputs.length}`,
    );
  }
  const arrays: NDArray[] = given.map((one) => asarray(one));
  const lengths = new Map<string, number>();
  for (const [k, array] of arrays.entries()) takeLengths(array, inputs[k]!, lengths);
  const shape = broadcastShapes(
    arrays.map((array, k) => array.layout.shape.slice(0, array.ndim - inputs[k]!.length)),
    "vectorize",
  );
  const parts = arrays.map((array, k) => partsOf(array, inputs[k]!.length, shape));
  let results: NDArray[] | null = types === null ? null : freshResults(types, outputs, lengths, shape);
  for (let i = 0; i < sizeOf(shape); i++) {
    const found = fn(...parts.map((part) => part(i)));
    const list = resultsFrom(found, outputs.length);
    for (const [k, one] of list.entries()) takeLengths(one, outputs[k] ?? [], lengths, true);
    results ??= freshResults(
      list.map((one) => one.dtype),
      outputs,
      lengths,
      shape,
    );
    for (const [k, one] of list.entries()) {
      assign(partsOf(results[k]!, outputs[k]!.length, shape)(i), one, {
        casting: "unsafe",
        caller: "vectorize",
      });
    }
  }
  if (results === null) throw nothingToCall();
  return results;
}

/** The results of one call as arrays. */
function resultsFrom(found: unknown, count: number): NDArray[] {
  if (count === 1) return [asarray(found as ArrayInput)];
  if (Array.isArray(found) && found.length === count) return found.map((one) => asarray(one as ArrayInput));
  throw new ValueError(`vectorize: the function gave ${textOf(found)}; wanted a list of ${count} results`);
}

/** Notes the lengths of the core dimensions of an array, or throws when they are not what they were. */
function takeLengths(
  array: NDArray,
  names: readonly string[],
  lengths: Map<string, number>,
  whole = false,
): void {
  const { shape } = array.layout;
  if (shape.length < names.length || (whole && shape.length > names.length)) {
    throw new ShapeError(
      `vectorize: an array of shape ${shapeText(shape)} does not have the core dimensions (${names.join(",")})`,
    );
  }
  for (const [k, name] of names.entries()) {
    const length = shape[shape.length - names.length + k]!;
    const known = lengths.get(name) ?? length;
    if (known !== length) {
      throw new ShapeError(`vectorize: core dimension ${name} has lengths ${known} and ${length}`);
    }
    lengths.set(name, length);
  }
}

/** The part of an array for each place of the loop, a view. */
function partsOf(array: NDArray, core: number, shape: readonly number[]): (i: number) => NDArray {
  const { layout } = array;
  const lead = layout.shape.length - core;
  const cut = { ...layout, shape: layout.shape.slice(0, lead), strides: layout.strides.slice(0, lead) };
  const offsets = offsetsOf(broadcastLayout(cut, shape)!);
  const inner = { shape: layout.shape.slice(lead), strides: layout.strides.slice(lead) };
  return (i) => array.viewAs({ ...inner, offset: offsets[i]! });
}

function freshResults(
  types: readonly Descriptor[],
  outputs: readonly (readonly string[])[],
  lengths: ReadonlyMap<string, number>,
  shape: readonly number[],
): NDArray[] {
  return outputs.map((names, k) => {
    const core = names.map((name) => {
      const length = lengths.get(name);
      if (length === undefined)
        throw new ValueError(`vectorize: the length of core dimension ${name} is not known without a call`);
      return length;
    });
    return emptyArray([...shape, ...core], types[k]!, "C", "vectorize");
  });
}
