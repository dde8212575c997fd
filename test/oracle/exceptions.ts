/**
 * Where ndview differs from NumPy on purpose: each with its name, the reason, and when it applies, as narrow as can be.
 * What the drawing of chains avoids is not here but beside what draws it.
 */

import type { Chain, Step, StepAnswer } from "./chain.ts";

export interface Excused {
  readonly name: string;
  /** Whether the two sides no longer agree on what there is, so that nothing after this step can be compared. */
  readonly stops: boolean;
}

interface Exception extends Excused {
  readonly why: string;
  readonly when: (step: Step, ours: StepAnswer, numpys: StepAnswer, chain: Chain) => boolean;
}

const both = (ours: StepAnswer, numpys: StepAnswer, text: RegExp): boolean =>
  ours.error !== undefined && text.test(numpys.message ?? "");

/** Whether an array is a view, of views, of what one of these operations made. */
function comesFrom(chain: Chain, id: number, ops: readonly string[]): boolean {
  const maker = chain.steps.find(({ out }) => out.includes(id));
  if (maker === undefined) return false;
  if (ops.includes(maker.op)) return true;
  return ["a", "b"].some(
    (key) => typeof maker.args[key] === "number" && comesFrom(chain, maker.args[key], ops),
  );
}

export const exceptions: readonly Exception[] = [
  {
    name: "array for one element",
    why: "NumPy calls a value that has axes a wrong type where one element is wanted; here its shape is wrong",
    stops: false,
    when: ({ op }, ours, numpys) =>
      (op === "set" || op === "flatSet") &&
      ours.error === "value" &&
      both(ours, numpys, /only 0-dimensional arrays can be converted/),
  },
  {
    name: "writeable again",
    why: "what as_strided makes hangs on a wrapper object in NumPy: it never finds the owner that may or may not be written",
    stops: true,
    when: ({ op, args }, ours, numpys, chain) =>
      op === "setflags" &&
      (ours.error === undefined) !== (numpys.error === undefined) &&
      /WRITEABLE|write cannot be true/.test(numpys.message ?? ours.message ?? "") &&
      comesFrom(chain, args.a, ["slidingWindowView", "asStrided"]),
  },
  {
    name: "broadcast of a frozen owner",
    why: "NumPy makes what it stretched writeable for a moment, which fails where the owner became read-only later",
    stops: true,
    when: ({ op }, ours, numpys) =>
      (op === "broadcastArrays" || op === "meshgrid") &&
      ours.made !== undefined &&
      /cannot set WRITEABLE flag/.test(numpys.message ?? ""),
  },
  {
    name: "list for one element",
    why: "NumPy's error for a list where one element is wanted follows the dtype: of integers a wrong type, of floats a wrong value; here it is always a wrong type",
    stops: false,
    when: ({ op, args }, ours, numpys) =>
      (op === "set" || op === "flatSet") &&
      Array.isArray(args.v) &&
      ours.error === "dtype" &&
      both(ours, numpys, /setting an array element with a sequence|Error setting single item/),
  },
  {
    name: "struct array for one element",
    why: "NumPy takes an array of one struct for the struct; here an array with axes is no element, whatever its dtype",
    stops: true,
    when: ({ op }, ours, numpys) =>
      op === "set" && numpys.done === true && /cannot become one element/.test(ours.message ?? ""),
  },
  {
    name: "nothing to write",
    why: "NumPy does not look at the shape of a value without elements where an index names nothing; here it must fit all the same",
    stops: false,
    when: ({ op }, ours, numpys) =>
      op === "scatter" && numpys.done === true && /could not be broadcast/.test(ours.message ?? ""),
  },
  {
    name: "settled without search",
    why: "what is decided by bounds, strides or contiguity needs no work, so that no limit to it is passed",
    stops: false,
    when: ({ op, args }, ours, numpys) =>
      op === "shares" &&
      args.work !== undefined &&
      typeof ours.told === "boolean" &&
      /TooHardError/.test(numpys.message ?? ""),
  },
  {
    name: "the shape before the cast",
    why: "of two mistakes in one call NumPy tells of the cast of out first, here it is the shapes",
    stops: false,
    when: ({ op }, ours, numpys) =>
      op === "ufuncInto" &&
      /cannot be broadcast/.test(ours.message ?? "") &&
      both(ours, numpys, /Cannot cast ufunc .* output/),
  },
  {
    name: "the cast before the flag",
    why: "of two mistakes in one call NumPy tells of the read-only destination first, here it is the cast",
    stops: false,
    when: ({ op }, ours, numpys) =>
      op === "copyto" && /cannot cast/.test(ours.message ?? "") && both(ours, numpys, /read-only/),
  },
  {
    name: "negative length",
    why: "only -1 leaves a length open; NumPy takes every negative number for it",
    stops: true,
    when: ({ op, args }, ours, numpys) =>
      op === "reshape" &&
      ours.error === "value" &&
      numpys.made !== undefined &&
      args.shape.some((length: number) => length < -1),
  },
];

export function excuse(chain: Chain, step: Step, ours: StepAnswer, numpys: StepAnswer): Excused | null {
  return exceptions.find(({ when }) => when(step, ours, numpys, chain)) ?? null;
}
