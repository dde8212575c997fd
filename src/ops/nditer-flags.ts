import { optionsFrom } from "../array/arguments.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { textOf, ValueError } from "../errors.ts";
import type { Order } from "../layout/layout.ts";

/** What an iterator keeps and how it walks, by NumPy's names. */
export type NditerFlag =
  | "buffered"
  | "c_index"
  | "common_dtype"
  | "copy_if_overlap"
  | "delay_bufalloc"
  | "external_loop"
  | "f_index"
  | "grow_inner"
  | "multi_index"
  | "ranged"
  | "reduce_ok"
  | "refs_ok"
  | "zerosize_ok";

/** What is done with an operand, by NumPy's names. */
export type NditerOpFlag =
  | "readonly"
  | "readwrite"
  | "writeonly"
  | "allocate"
  | "aligned"
  | "contig"
  | "copy"
  | "nbo"
  | "no_broadcast"
  | "no_subtype"
  | "overlap_assume_elementwise"
  | "updateifcopy";

/** How `nditer` walks. */
export interface NditerOptions {
  /** What it keeps and how it walks. */
  readonly flags?: readonly NditerFlag[] | undefined;
  /** What is done with operands: a list for all of them, or a list for each; they are read if left out. */
  readonly opFlags?: readonly NditerOpFlag[] | readonly (readonly NditerOpFlag[])[] | undefined;
  /** The dtype in which elements are given, a list with one for each operand, null for its own. */
  readonly opDtypes?: DTypeLike | readonly (DTypeLike | null)[] | null | undefined;
  /** The order of the walk; `"K"` if left out: as the elements lie in memory. */
  readonly order?: Order | undefined;
  /** The rule that casts must obey; `"safe"` if left out. */
  readonly casting?: Casting | undefined;
  /** For each operand the axis that stands for each axis of the walk, -1 for a new one; null to broadcast. */
  readonly opAxes?: readonly (readonly number[] | null)[] | null | undefined;
  /** The lengths of the walk, -1 for those that follow from the operands. */
  readonly itershape?: readonly number[] | null | undefined;
  /** How many elements are brought together at most, with `"buffered"`; 8192 if left out or 0. */
  readonly buffersize?: number | undefined;
}

/** The options of an iterator, checked. */
export interface NditerSettings {
  readonly flags: ReadonlySet<NditerFlag>;
  readonly opFlags: readonly ReadonlySet<NditerOpFlag>[];
  readonly opDtypes: readonly (Descriptor | null)[];
  readonly order: Order;
  readonly casting: Casting;
  readonly opAxes: readonly (readonly number[] | null)[] | null;
  readonly itershape: readonly number[] | null;
  readonly buffersize: number;
}

const flagNames: ReadonlySet<unknown> = new Set<NditerFlag>([
  "buffered",
  "c_index",
  "common_dtype",
  "copy_if_overlap",
  "delay_bufalloc",
  "external_loop",
  "f_index",
  "grow_inner",
  "multi_index",
  "ranged",
  "reduce_ok",
  "refs_ok",
  "zerosize_ok",
]);

const opFlagNames: ReadonlySet<unknown> = new Set<NditerOpFlag>([
  "readonly",
  "readwrite",
  "writeonly",
  "allocate",
  "aligned",
  "contig",
  "copy",
  "nbo",
  "no_broadcast",
  "no_subtype",
  "overlap_assume_elementwise",
  "updateifcopy",
]);

const BUFFERSIZE = 8192;

/** The options, checked against each other. */
export function settingsFrom(
  options: NditerOptions | null | undefined,
  operands: readonly (NDArray | null)[],
  caller: string,
): NditerSettings {
  const given = optionsFrom(options, caller);
  const flags = flagsFrom(given.flags ?? [], caller);
  const { order = "K", casting = "safe", buffersize = 0 } = given;
  if (!(order === "C" || order === "F" || order === "A" || order === "K")) {
    throw new ValueError(`${caller}: order ${textOf(order)} is none of "C", "F", "A" and "K"`);
  }
  if (!(Number.isSafeInteger(buffersize) && buffersize >= 0)) {
    throw new ValueError(`${caller}: buffersize ${textOf(buffersize)} is no number of elements`);
  }
  return {
    flags,
    opFlags: opFlagsFrom(given.opFlags, operands, caller),
    opDtypes: dtypesFrom(given.opDtypes, operands.length, caller),
    order,
    casting,
    opAxes: axesFrom(given.opAxes ?? null, operands.length, caller),
    itershape: given.itershape ?? null,
    buffersize: buffersize === 0 ? BUFFERSIZE : buffersize,
  };
}

function flagsFrom(list: readonly NditerFlag[], caller: string): ReadonlySet<NditerFlag> {
  const flags = new Set(listFrom(list, caller, "flags") as NditerFlag[]);
  for (const flag of flags) {
    if (!flagNames.has(flag)) throw new ValueError(`${caller}: ${textOf(flag)} is no flag of an iterator`);
  }
  const tracked = flags.has("c_index") || flags.has("f_index") || flags.has("multi_index");
  if (flags.has("c_index") && flags.has("f_index")) {
    throw new ValueError(`${caller}: the flags "c_index" and "f_index" exclude each other`);
  }
  if (flags.has("external_loop") && tracked) {
    throw new ValueError(`${caller}: the flag "external_loop" cannot be used where an index is kept`);
  }
  if (flags.has("external_loop") && flags.has("ranged") && !flags.has("buffered")) {
    throw new ValueError(`${caller}: the flags "ranged" and "external_loop" also need "buffered"`);
  }
  return flags;
}

function listFrom(list: unknown, caller: string, name: string): readonly unknown[] {
  if (Array.isArray(list)) return list;
  throw new ValueError(`${caller}: ${name} ${textOf(list)} is no list`);
}

function opFlagsFrom(
  given: NditerOptions["opFlags"],
  operands: readonly (NDArray | null)[],
  caller: string,
): ReadonlySet<NditerOpFlag>[] {
  const usual = (one: NDArray | null): NditerOpFlag[] =>
    one === null ? ["writeonly", "allocate"] : ["readonly"];
  if (given === undefined || given === null) return operands.map((one) => new Set(usual(one)));
  const list = listFrom(given, caller, "opFlags");
  const shared = list.every((flag) => typeof flag === "string");
  if (!shared && list.length !== operands.length) {
    throw new ValueError(`${caller}: opFlags has ${list.length} lists for ${operands.length} operands`);
  }
  return operands.map((_, k) => opFlagSet((shared ? list : list[k]) as readonly NditerOpFlag[], k, caller));
}

function opFlagSet(list: readonly NditerOpFlag[], k: number, caller: string): ReadonlySet<NditerOpFlag> {
  const flags = new Set(listFrom(list, caller, `opFlags of operand ${k}`) as NditerOpFlag[]);
  for (const flag of flags) {
    if (!opFlagNames.has(flag)) throw new ValueError(`${caller}: ${textOf(flag)} is no flag of an operand`);
  }
  const ways = (["readonly", "readwrite", "writeonly"] as const).filter((way) => flags.has(way));
  if (ways.length === 1) return flags;
  throw new ValueError(
    `${caller}: the flags of operand ${k} must have one of "readonly", "readwrite" and "writeonly"; they have ${ways.length}`,
  );
}

function dtypesFrom(given: NditerOptions["opDtypes"], count: number, caller: string): (Descriptor | null)[] {
  if (given === null || given === undefined) return new Array<null>(count).fill(null);
  const isList = Array.isArray(given) && !isFieldList(given);
  if (!isList && count === 1) return [descriptorFor(given)];
  if (!isList)
    throw new ValueError(`${caller}: opDtypes must be a list with a dtype for each of ${count} operands`);
  const list = given as readonly (DTypeLike | null)[];
  if (list.length !== count)
    throw new ValueError(`${caller}: opDtypes has ${list.length} dtypes for ${count} operands`);
  return list.map((one) => (one === null || one === undefined ? null : descriptorFor(one)));
}

/** Whether a list is that of the fields of one dtype. */
function isFieldList(list: readonly unknown[]): boolean {
  return (
    list.length > 0 &&
    list.every((field) => Array.isArray(field) && typeof field[0] === "string" && field.length > 1)
  );
}

function axesFrom(given: NditerOptions["opAxes"], count: number, caller: string): NditerSettings["opAxes"] {
  if (given === null || given === undefined) return null;
  if (!Array.isArray(given) || given.length !== count) {
    throw new ValueError(`${caller}: opAxes must have a list for each of ${count} operands`);
  }
  const lists = given.filter((one) => one !== null && one !== undefined) as readonly (readonly number[])[];
  for (const one of lists) listFrom(one, caller, "opAxes");
  if (lists.length === 0) throw new ValueError(`${caller}: opAxes must have a list for one operand at least`);
  if (lists.some((one) => one.length !== lists[0]!.length)) {
    throw new ValueError(`${caller}: the lists in opAxes must be of one length`);
  }
  return given.map((one) => one ?? null);
}
