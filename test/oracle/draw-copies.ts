/** Arguments of the operations that copy. */

import { descriptorOf } from "./draw-creation.ts";
import type { Draw, Drawing } from "./generate.ts";
import { castIsDefined, flatValues, plainSpecs, randomElement } from "./values.ts";

const orders = ["C", "F", "A", "K"] as const;
const maybeOrder = ({ dice }: Drawing) => dice.pick([undefined, ...orders]);
const none: Draw = () => ({});

export const copying: Readonly<Record<string, Draw>> = {
  copy: (drawing) => ({ order: maybeOrder(drawing) }),
  flatten: ({ dice }) => ({ order: dice.pick(orders) }),
  astype: (drawing, a) => {
    const { dice } = drawing;
    const dtype = dice.pick(plainSpecs);
    if (!castIsDefined(a, descriptorOf(dtype))) return null;
    const casting = dice.pick([
      undefined,
      undefined,
      undefined,
      "safe",
      "same_kind",
      "equiv",
      "no",
      "unsafe",
    ]);
    return { dtype, order: maybeOrder(drawing), casting, copy: dice.chance(0.3) ? false : undefined };
  },
  asarray: (drawing) => ({
    order: maybeOrder(drawing),
    copy: drawing.dice.pick([undefined, undefined, true, false]),
  }),
  arrayOf: (drawing) => ({
    order: maybeOrder(drawing),
    ndmin: drawing.dice.pick([undefined, undefined, 2, 3]),
    copy: drawing.dice.pick([undefined, undefined, false]),
  }),
  ascontiguousarray: none,
  asfortranarray: none,
  require: ({ dice }) => ({
    letters: dice.pick(["C", "F", "A", "W", "O", "CW", "CF", "AO", "WE"]).split(""),
  }),
  byteswap: (_drawing, a) => (a.dtype.kind === "V" || a.dtype.kind === "b" ? null : {}),
  flatSlice: ({ dice }) => ({ index: dice.pick([":", "::2", "1:4", "-3:", "3:1"]) }),
  zerosLike: (drawing) => ({ order: maybeOrder(drawing), dtype: drawing.dice.pick([undefined, "int16"]) }),
  onesLike: (drawing, a) =>
    a.dtype.kind === "V"
      ? null
      : { order: maybeOrder(drawing), shape: drawing.dice.chance(0.2) ? [2, 3] : undefined },
  fullLike: (drawing, a) =>
    a.dtype.kind === "V" ? null : { v: randomElement(drawing.dice, a.dtype), order: maybeOrder(drawing) },
  vander: (drawing, a) => {
    // Which bits a NaN has after arithmetic is fixed nowhere: JavaScript leaves them open too.
    if (flatValues(a).some(Number.isNaN)) return null;
    const wanted = a.ndim === 1 && a.size < 8 && "iuf".includes(a.dtype.kind);
    if (!wanted && !(a.ndim === 2 && drawing.wrong())) return null;
    return { n: drawing.dice.int(0, 4), increasing: drawing.dice.chance(0.5) ? true : undefined };
  },
  diag: (drawing, a) => {
    if ((a.ndim !== 1 && a.ndim !== 2 && !drawing.wrong()) || a.size > 12) return null;
    return { k: drawing.dice.int(-2, 2) };
  },
  diagflat: (drawing, a) => (a.size > 6 ? null : { k: drawing.dice.int(-1, 1) }),
  meshgrid: (drawing, a) => {
    const b = drawing.dice.pick(drawing.ids);
    if (a.size * drawing.array(b).size > 60) return null;
    const sparse = drawing.dice.chance(0.4) ? true : undefined;
    const copy = sparse === true && drawing.dice.chance(0.5) ? false : undefined;
    return { b, indexing: drawing.dice.pick([undefined, "ij", "xy"]), sparse, copy };
  },
};
