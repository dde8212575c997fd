import { DTypeError } from "../errors.ts";
import { Descriptor } from "./descriptor.ts";
import { codes, foreign, names } from "./names.ts";
import type { DTypeLike, DTypeOf } from "./spec.ts";
import { type PlainDType, plain } from "./table.ts";

export type { DTypeLike, DTypeName, DTypeOf, FieldSpec, StructSpec, SubarraySpec } from "./spec.ts";

/** How `dtype` lays out a struct. */
export interface DTypeOptions {
  /** Whether fields stand where C would put them. */
  readonly align?: boolean;
}

/** The dtype that `spec` stands for. */
export function dtype<const S extends DTypeLike>(spec: S, options?: DTypeOptions): Descriptor<DTypeOf<S>>;
export function dtype<S extends string>(
  spec: string extends S ? S : never,
  options?: DTypeOptions,
): Descriptor;
export function dtype(spec: DTypeLike | string, _options: DTypeOptions = {}): Descriptor {
  if (spec instanceof Descriptor) return spec;
  const known = typeof spec === "string" ? plainNames().get(spec) : undefined;
  if (known !== undefined) return plain[known];
  throw new DTypeError(`dtype: ${JSON.stringify(spec)} is not understood`);
}

let byName: ReadonlyMap<string, PlainDType> | null = null;

/** Every string that stands for a plain dtype; made when first asked for. */
function plainNames(): ReadonlyMap<string, PlainDType> {
  if (byName !== null) return byName;
  const map = new Map<string, PlainDType>(Object.entries(names));
  for (const [code, name] of Object.entries(codes)) {
    for (const order of ["", "<", "=", "|"]) map.set(order + code, name);
    if (plain[name].itemsize === 1) map.set(`>${code}`, name);
  }
  return (byName = map);
}
void foreign;
