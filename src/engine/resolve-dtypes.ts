import { type Casting, requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { DTypeError } from "../errors.ts";
import { resolveDTypes } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** What the loop of a ufunc for operands of some dtypes takes and gives; null stands for a result that is not known yet. */
export function loopDTypes(
  core: UfuncCore,
  given: readonly (DTypeLike | null)[],
  casting: Casting,
): Descriptor[] {
  const { name, nin, nout } = core;
  if (!Array.isArray(given) || given.length !== nin + nout) {
    throw new DTypeError(`${name}.resolveDtypes: give ${nin + nout} dtypes, with null for results`);
  }
  const inputs = given.slice(0, nin).map((dtype) => {
    if (dtype === null)
      throw new DTypeError(`${name}.resolveDtypes: the dtypes of all operands must be given`);
    return descriptorFor(dtype);
  });
  const loop = resolveDTypes(core, inputs);
  loop.outputs.forEach((dtype, k) => {
    const wanted = given[nin + k];
    if (wanted !== null && wanted !== undefined) {
      requireCast(dtype, descriptorFor(wanted), casting, `${name}.resolveDtypes`);
    }
  });
  return [...loop.inputs, ...loop.outputs];
}
