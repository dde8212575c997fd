import type { PlainDType } from "./table.ts";

/**
 * Which plain dtype holds every value of another.
 *
 * The table says the single steps; the rest follows by going on from there. Two dtypes are promoted to the
 * first dtype, in the order of the table, that both reach: an integer before a float where both would do,
 * the smaller one before the larger. More than two go at once, so that the order of arguments never matters.
 *
 * That 64-bit integers count as held by float64 is NumPy's choice: large ones lose their last digits.
 */
const steps: { readonly [D in PlainDType]: readonly PlainDType[] } = {
  bool: ["int8", "uint8"],
  int8: ["int16", "float16"],
  uint8: ["int16", "uint16", "float16"],
  int16: ["int32", "float32"],
  uint16: ["int32", "uint32", "float32"],
  int32: ["int64"],
  uint32: ["int64", "uint64"],
  int64: ["float64"],
  uint64: ["float64"],
  float16: ["float32"],
  float32: ["float64", "complex64"],
  float64: ["complex128"],
  complex64: ["complex128"],
  complex128: [],
};

const order = Object.keys(steps) as PlainDType[];
let masks: Readonly<Record<PlainDType, number>> | null = null;

/** For each dtype a bit for every dtype that holds it, itself included. */
function holders(): Readonly<Record<PlainDType, number>> {
  if (masks !== null) return masks;
  const made: Partial<Record<PlainDType, number>> = {};
  // Steps lead to later rows only, so those are known already.
  for (let k = order.length - 1; k >= 0; k--) {
    const name = order[k]!;
    made[name] = steps[name].reduce((mask, next) => mask | made[next]!, 1 << k);
  }
  masks = made as Record<PlainDType, number>;
  return masks;
}

/** Whether every value of `from` is one of `to`. */
export function holds(to: PlainDType, from: PlainDType): boolean {
  return (holders()[from] & (1 << order.indexOf(to))) !== 0;
}

/** The first dtype that holds the values of all of `types`; for none, bool. */
export function join(types: readonly PlainDType[]): PlainDType {
  const common = types.reduce((mask, type) => mask & holders()[type], -1);
  return order[31 - Math.clz32(common & -common)]!;
}
