import type { NDArray } from "../array/ndarray.ts";
import { compile, type PyFunction, type PyPositional, valueOfTemplate } from "./compile.ts";

export type { PyFunction, PyPositional };

/** What {@link py} is: a tag for templates, and `compile`. */
export interface Py {
  <R = NDArray>(strings: TemplateStringsArray, ...values: readonly unknown[]): R;

  /**
   * An expression as a function: parsed once, called with an object that has a value for each of its names.
   *
   * With a list of names the function takes their values in that order instead. A name of Python or NumPy, such as `e` or
   * `sum`, stands for theirs unless it is given.
   *
   * @throws ExprError when the text cannot be read.
   * @example
   * const scaled = np.py.compile("(x - mu) / sigma");
   * scaled.names; // ["x", "mu", "sigma"]
   * scaled({ x: np.array([1, 2, 3]), mu: 2, sigma: 0.5 }).tolist(); // [-2, 0, 2]
   * np.py.compile("a + 2 * b", ["a", "b"])(np.array([1, 2]), np.array([10, 20])).tolist(); // [21, 42]
   */
  compile<R = NDArray>(source: string): PyFunction<R>;
  compile<R = NDArray>(source: string, names: readonly string[]): PyPositional<R>;
}

/**
 * An expression as NumPy has it, over arrays of JavaScript.
 *
 * The text is parsed once for each place in a program. What stands in `${…}` is a value and never text: arrays, numbers (whole
 * ones are ints), booleans, complex numbers, typed arrays, lists, strings. Everything of NumPy has NumPy's name, with or without
 * `np.`, and everything counts as in Python: `3` is an int and `3.0` a float, `//` divides down, `a[:, ::-1]` is a view.
 *
 * Operators and ufuncs one after the other run as one pass over their operands, whatever their layouts, with no arrays in
 * between; the result is the same to the last bit. `${a}[...] = …` and `${a} += …` write into `a`. The value is that of the
 * last statement: an array, a JS value for a scalar (64-bit integers of NumPy as bigint), a list for a tuple or a list, null
 * for None.
 *
 * @throws ExprError with the place of what is wrong: `error.display` shows it.
 * @example
 * const x = np.array([[1, 2], [3, 4]]);
 * np.py`(${x} - ${x}.mean(axis=0)) / ${x}.std(axis=0)`.tolist(); // [[-1, -1], [1, 1]]
 * np.py`${x}[:, ::-1].T + ${[10, 20]}`.tolist(); // [[12, 24], [11, 23]]
 * np.py<number>`${x}.sum() / 2`; // 5
 */
export const py: Py = /* @__PURE__ */ Object.assign(valueOfTemplate, { compile });
