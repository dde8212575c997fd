import { optionsFrom } from "../array/arguments.ts";
import type { NDArray } from "../array/ndarray.ts";
import { textOf, ValueError } from "../errors.ts";
import { iteratorOver, type Nditer, type NditerOperands, type NditerValue, operandsFrom } from "./nditer.ts";
import { type NditerFlag, type NditerOptions, settingsFrom } from "./nditer-flags.ts";

/** How `nestedIters` walks; axes and lengths follow from the nesting. */
export type NestedItersOptions = Omit<NditerOptions, "opAxes" | "itershape">;

/** What only the innermost iterator does. */
const innermost: ReadonlySet<NditerFlag> = new Set<NditerFlag>([
  "external_loop",
  "buffered",
  "delay_bufalloc",
  "grow_inner",
]);

/**
 * Iterators nested in one another, each over some of the axes of all operands: NumPy's `nested_iters`. Whenever one moves,
 * the next one begins again from there.
 *
 * @param axes for each iterator, from the outermost on, the axes that it walks; each axis at most once
 * @throws ValueError when there are fewer than two lists of axes, or an axis stands in two
 * @example
 * const a = np.arange(6).reshape(2, 3);
 * const [columns, rows] = np.nestedIters(a, [[1], [0]]);
 * const sums = [];
 * for (const _ of columns) sums.push([...rows].reduce((sum, x) => sum + (x.at() as number), 0));
 * sums; // [3, 5, 7]
 */
export function nestedIters<O extends NditerOperands>(
  op: O,
  axes: readonly (readonly number[])[],
  options: NestedItersOptions = {},
): Nditer<NditerValue<O>>[] {
  const caller = "nestedIters";
  const keywords = optionsFrom(options, caller);
  const named = keywords.flags ?? [];
  if (!Array.isArray(named))
    throw new ValueError(`${caller}: flags must be a list of names, not ${textOf(named)}`);
  const operands = operandsFrom(op);
  checkAxes(axes, caller);
  if (operands.includes(null))
    throw new ValueError(`${caller}: operands must be given; none can be allocated`);
  const iterators = axes.map((list, k) => {
    const last = k === axes.length - 1;
    const flags = (named as NonNullable<NestedItersOptions["flags"]>).filter(
      (flag) => last || !innermost.has(flag),
    );
    const own = { ...keywords, flags, opAxes: operands.map(() => list), ...(last ? {} : { opDtypes: null }) };
    const settings = settingsFrom(own, operands, caller);
    return iteratorOver<NditerValue<O>>(operands as NDArray[], settings, !Array.isArray(op), caller);
  });
  // From the innermost on, so that moving one brings all inner ones to their places.
  for (let k = iterators.length - 2; k >= 0; k--) iterators[k]!.lead(iterators[k + 1] as unknown as Nditer);
  return iterators;
}

function checkAxes(axes: unknown, caller: string): void {
  if (!Array.isArray(axes) || axes.length < 2 || !Array.from(axes).every(Array.isArray)) {
    throw new ValueError(`${caller}: wanted at least two lists of axes, given ${textOf(axes)}`);
  }
  const all = axes.flat() as number[];
  const twice = all.find((axis, k) => axis !== -1 && all.indexOf(axis) !== k);
  if (twice !== undefined) throw new ValueError(`${caller}: axis ${twice} is walked twice`);
}
