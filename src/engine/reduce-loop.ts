import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import type { Loop } from "./loop.ts";
import { resolveDTypes } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/**
 * The loop of a reduction: of one dtype throughout, or the first result could not be the second operand.
 *
 * Without a dtype or a result that was given, small integers are added and multiplied in 64 bits. Logical ufuncs work on
 * truth values whatever comes in.
 */
export function reductionLoop(
  core: UfuncCore,
  from: Descriptor,
  asked: Descriptor | null,
  out: NDArray | null,
  caller: string,
): Loop {
  requireBinary(core, caller);
  if (out !== null && !(out instanceof NDArray)) {
    throw new ValueError(`${caller}: out must be an array, not ${textOf(out)}`);
  }
  if (core.rule === "logical") return boolLoop(core, asked, caller);
  const [first, second] = operandTypes(core, from, asked, out);
  const loop = resolveDTypes(core, [first, second]);
  const type = loop.outputs[0]!;
  const uniform = loop.inputs.every((input) => input === type);
  if (uniform && (asked === null || asked === type)) return loop;
  const why = uniform ? `no loop gives ${asked}` : `its loop for ${first} gives ${type}`;
  throw new DTypeError(
    `${caller}: ${core.name} cannot be reduced: ${why}; a reduction needs one dtype throughout`,
  );
}

function requireBinary(core: UfuncCore, caller: string): void {
  if (core.nin === 2 && core.nout === 1 && core.signature === null) return;
  throw new ValueError(
    `${caller}: only ufuncs of two operands with one result have this; ${core.name} is none`,
  );
}

function boolLoop(core: UfuncCore, asked: Descriptor | null, caller: string): Loop {
  if (asked !== null && asked !== plain.bool) {
    throw new DTypeError(`${caller}: ${core.name} is reduced in bool only, not in ${asked}`);
  }
  return core.loopOf(core.types.find(({ text }) => text === "??->?")!);
}

function operandTypes(
  core: UfuncCore,
  from: Descriptor,
  asked: Descriptor | null,
  out: NDArray | null,
): readonly [Descriptor, Descriptor] {
  if (asked !== null) return [asked, asked];
  if (out !== null) return [out.dtype, from];
  const type = core.name === "add" || core.name === "multiply" ? accumulatorOf(from) : from;
  return [type, type];
}

/** What integers are summed in: 64 bits of the same sign. */
function accumulatorOf(dtype: Descriptor): Descriptor {
  if (dtype.kind === "b" || dtype.kind === "i") return plain.int64;
  return dtype.kind === "u" ? plain.uint64 : dtype;
}
