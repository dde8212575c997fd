/** True only for the very same type: `any` equals nothing but itself, and a union is not its members. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Fails to compile unless `Condition` is true: `type _ = Expect<Equal<A, B>>`. */
export type Expect<Condition extends true> = Condition;

/** Fails to compile unless `value` is of the very type `Wanted`: `is<number>()(a.size)`. */
export function is<Wanted>() {
  return <Given>(_value: Given, ..._same: Equal<Given, Wanted> extends true ? [] : [never]): void => {};
}
