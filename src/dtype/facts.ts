import { DTypeError, textOf, ValueError } from "../errors.ts";
import { Descriptor, type HasDType } from "./descriptor.ts";
import { promoteAll } from "./promote.ts";
import { plain } from "./table.ts";

/** Small facts about dtypes. */

/** The letters of dtypes, by what they are. Those of `Integer` and `AllInteger` end with those of index types. */
export const typecodes = {
  Character: "c",
  Integer: "bhilqnp",
  UnsignedInteger: "BHILQNP",
  Float: "efd",
  Complex: "FD",
  AllInteger: "bBhHiIlLqQnNpP",
  AllFloat: "efdFD",
  Datetime: "Mm",
  All: "?bhilqnpBHILQNPefdFDSUVMm",
} as const;

/** Whether the first byte of a number in memory is its lowest. Typed arrays have it so on every runtime there is. */
export const littleEndian = true;

/**
 * The float or complex dtype that the numbers of all arrays become in linear algebra and the like: integers count as float64.
 *
 * @throws DTypeError for arrays that do not hold numbers; bools are none.
 * @example
 * np.commonType(np.zeros(2, "int32"), np.zeros(2, "float32")).name; // "float64"
 * np.commonType(np.zeros(2, "float32"), np.zeros(2, "complex64")).name; // "complex64"
 */
export function commonType(...arrays: readonly HasDType[]): Descriptor {
  const dtypes = arrays.map((one) => {
    const dtype: unknown = (one as HasDType | null | undefined)?.dtype;
    if (!(dtype instanceof Descriptor)) throw new ValueError(`commonType: ${textOf(one)} is no array`);
    if ("iu".includes(dtype.kind)) return plain.float64 as Descriptor;
    if ("fc".includes(dtype.kind)) return dtype;
    throw new DTypeError(`commonType: an array of ${dtype} does not hold numbers`);
  });
  return promoteAll([plain.float16, ...dtypes], "commonType");
}
