/** Random programs of expressions over arrays: views, slices, operators, calls, assignments. */

import type { Dice } from "../layout/model.ts";

const dtypes = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", "?"];
const ints = ["0", "1", "2", "3", "-1", "-2", "7", "100", "200", "300", "1099511627776", "True"];
const floats = ["0.0", "1.0", "2.0", "0.5", "-1.5", "2.5", "1e3", "3.25"];
const scalars = [...ints, ...ints, ...floats, "1j", "2+1j"];
const binaries = ["+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>", "@"];
const common = ["+", "-", "*", "+", "-", "*", "//", "%", "/"];
const comparisons = ["<", "<=", ">", ">=", "==", "!="];
const unaries = ["-", "+", "~", "abs"];
const elementwise =
  "sqrt square floor ceil negative absolute sign isnan isfinite logical_not conj rint trunc positive reciprocal".split(
    " ",
  );
const pairs =
  "add subtract multiply maximum minimum floor_divide remainder equal less logical_and logical_or fmax".split(
    " ",
  );
const reductions = "sum prod max min any all argmax argmin mean ptp count_nonzero cumsum cumprod".split(" ");
const methods = "sum prod max min any all argmax argmin mean cumsum cumprod".split(" ");

export class ProgramMaker {
  readonly #dice: Dice;
  readonly #names: string[] = [];

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** A program of some statements, of which most do not fail. */
  program(): string {
    const dice = this.#dice;
    const lines = [this.#array(), this.#array()];
    for (let k = dice.int(2, 7); k > 0; k--) lines.push(this.#statement());
    lines.push(...this.#names);
    return lines.join(dice.chance(0.2) ? "; " : "\n");
  }

  #fresh(): string {
    const name = "abcdfghk"[this.#names.length] ?? "z";
    if (!this.#names.includes(name)) this.#names.push(name);
    return name;
  }

  #name(): string {
    return this.#dice.pick(this.#names);
  }

  #array(): string {
    const dice = this.#dice;
    const dtype = dice.pick(dtypes);
    const [rows, columns] = [dice.pick([1, 2, 3, 3]), dice.pick([1, 3, 3, 4, 0])];
    const size = rows * columns;
    const makers = [
      () => `np.arange(${size}, dtype='${dtype === "?" ? "i4" : dtype}').reshape(${rows}, ${columns})`,
      () => `np.arange(${rows * columns})`,
      () => `np.zeros((${rows}, ${columns}), dtype='${dtype}')`,
      () => `np.ones(${columns}, '${dtype}')`,
      () => `np.full((${rows}, ${columns}), ${dice.pick(floats)})`,
      () => `np.array([[${dice.pick(scalars)}, ${dice.pick(ints)}, 3], [4, 5, ${dice.pick(floats)}]])`,
      () => `np.array([1, 0, 2], dtype='${dtype}')`,
      () => `np.arange(24).reshape(2, 3, 4).astype('${dtype}')`,
      () => `np.linspace(0, ${rows}, ${columns + 1}).copy()`,
      () => `np.eye(3, dtype='${dtype}')`,
    ];
    const text = dice.pick(makers)();
    return `${this.#fresh()} = ${text}`;
  }

  #statement(): string {
    const dice = this.#dice;
    switch (dice.int(0, 11)) {
      case 0:
      case 1: {
        const text = this.#expression(2);
        return `${this.#fresh()} = ${text}`;
      }
      case 2:
        return `${this.#name()}[${this.#index()}] = ${this.#expression(1)}`;
      case 3:
        return `${this.#name()}[${this.#index()}] ${dice.pick(common)}= ${this.#operand(1)}`;
      case 4:
        return `${this.#name()} ${dice.pick(common)}= ${this.#operand(1)}`;
      case 6:
        return this.#attribute(this.#name());
      case 7:
        return dice.chance(0.2) ? `print(${this.#name()}, ${this.#operand(1)})` : this.#expression(3);
      case 5: {
        const text = `${this.#name()}[${this.#index()}]`;
        return `${this.#fresh()} = ${text}`;
      }
      default:
        return this.#expression(3);
    }
  }

  #operand(depth: number): string {
    return this.#dice.chance(0.4) ? this.#dice.pick(scalars) : this.#expression(depth);
  }

  #expression(depth: number): string {
    const dice = this.#dice;
    if (depth <= 0) return dice.chance(0.8) ? this.#name() : dice.pick(scalars);
    const inner = () => this.#expression(depth - 1);
    const group = () => {
      const text = inner();
      return /^[\w.]+$/.test(text) ? text : `(${text})`;
    };
    switch (dice.int(0, 15)) {
      case 0:
      case 1:
      case 2:
        return this.#operation(group(), depth);
      case 3:
        return `${group()}[${this.#index()}]`;
      case 4:
        return `${group()} ${dice.pick(comparisons)} ${this.#wrapped(depth)}`;
      case 5: {
        const op = dice.pick(unaries);
        return op === "abs" ? `abs(${inner()})` : `${op}${group()}`;
      }
      case 6:
        return `np.${dice.pick(elementwise)}(${inner()})`;
      case 7:
        return `np.${dice.pick(pairs)}(${inner()}, ${this.#operand(depth - 1)})`;
      case 8:
        return `np.${dice.pick(reductions)}(${inner()}${this.#axis()})`;
      case 9:
        return `${this.#name()}.${dice.pick(methods)}(${this.#axis().replace(/^, /, "")})`;
      case 10:
        return this.#view(group());
      case 11:
        return `${this.#name()}.${dice.pick(["size", "ndim", "nbytes"])}`;
      case 12:
        return this.#call(depth);
      case 13:
        return this.#python(depth);
      case 14:
        return `np.${dice.pick(pairs.slice(0, 6))}.${dice.pick(["reduce", "accumulate"])}(${inner()}${this.#axis()})`;
      default:
        return this.#name();
    }
  }

  #operation(left: string, depth: number): string {
    const dice = this.#dice;
    const op = dice.chance(0.8) ? dice.pick(common) : dice.pick(binaries);
    // Powers of complex numbers have other last bits.
    return `${left} ${op} ${op === "**" ? dice.pick(["2", "3", "0", "2.0"]) : this.#wrapped(depth)}`;
  }

  #wrapped(depth: number): string {
    const text = this.#operand(depth - 1);
    return /^[\w.]+$/.test(text) ? text : `(${text})`;
  }

  #axis(): string {
    const dice = this.#dice;
    const parts = [];
    if (dice.chance(0.6)) parts.push(dice.pick(["axis=0", "axis=-1", "axis=1", "axis=None", "0", "axis=0"]));
    return parts.map((part) => `, ${part}`).join("");
  }

  #view(text: string): string {
    const views = [
      ".T",
      "[::-1]",
      "[..., ::-1]",
      ".reshape(-1)",
      "[None]",
      "[:, None]",
      ".ravel()",
      ".copy()",
      ".swapaxes(0, 1)",
      ".transpose()",
      ".flatten('F')",
      "[1:]",
      "[..., 0]",
      ".squeeze()",
      ".real",
      ".imag",
      "[()]",
      ".astype('f4')",
      ".astype(int)",
      ".view()",
      ".tolist()",
    ];
    return text + this.#dice.pick(views);
  }

  #attribute(name: string): string {
    return `${name}.${this.#dice.pick(["shape", "strides", "dtype", "ndim", "size", "nbytes", "flags", "itemsize", "flags.c_contiguous", "base is None", "dtype.name", "T.base is None"])}`;
  }

  #call(depth: number): string {
    const dice = this.#dice;
    const [a, b] = [this.#name(), this.#expression(depth - 1)];
    const calls = [
      () => `np.where(${a} > 1, ${a}, ${this.#operand(0)})`,
      () => `np.concatenate([${a}, ${b}])`,
      () => `np.stack([${a}, ${a}], axis=${dice.pick([0, 1, -1])})`,
      () => `np.clip(${a}, ${dice.pick(["0", "1.0", "None"])}, ${dice.pick(["2", "2.5"])})`,
      () => `np.sort(${a}, axis=${dice.pick(["0", "-1", "None"])})`,
      () => `np.argsort(${a}, kind='stable')`,
      () => `np.unique(${a})`,
      () => `np.flip(${a}${dice.pick(["", ", 0", ", axis=-1"])})`,
      () => `np.roll(${a}, ${dice.pick(["1", "-2", "1, 0"])})`,
      () => `np.diff(${a})`,
      () => `np.tile(${a}, ${dice.pick(["2", "(2, 1)"])})`,
      () => `np.repeat(${a}, 2${dice.pick(["", ", axis=0"])})`,
      () => `np.nonzero(${a})`,
      () => `np.take(${a}, ${dice.pick(["[0, 1]", "0"])}${dice.pick(["", ", axis=0"])})`,
      () => `np.outer(${a}, ${a})`,
      () => `np.dot(${a}, ${b})`,
      () => `np.broadcast_to(${a}, (2, 3, 3))`,
      () => `np.zeros_like(${a})`,
      () => `np.expand_dims(${a}, ${dice.pick(["0", "-1"])})`,
      () => `np.pad(${a}, 1)`,
      () => `np.array_equal(${a}, ${b})`,
      () => `np.shares_memory(${a}, ${this.#name()})`,
      () => `np.array([${this.#operand(0)}, ${this.#operand(0)}])`,
      () => `np.isin(${a}, [1, 2])`,
      () => `np.round(${a}, 1)`,
      () => `np.cumsum(${a}, axis=0)`,
      () => `np.searchsorted([1, 2, 3], ${a})`,
      () => `np.atleast_2d(${a})`,
    ];
    return dice.pick(calls)();
  }

  #python(depth: number): string {
    const dice = this.#dice;
    const inner = () => this.#operand(depth - 1);
    const forms = [
      () => `len(${this.#name()})`,
      () => `(${inner()}, ${inner()})`,
      () => `[${inner()}]`,
      () => `${dice.pick(scalars)} ${dice.pick(binaries.slice(0, 6))} ${dice.pick(scalars.slice(0, -2))}`,
      () => `${this.#name()}.shape[0] ${dice.pick(["+", "*", "//", "-"])} ${dice.pick(ints)}`,
      () => `1 if ${this.#name()}.ndim > 1 else ${inner()}`,
      () => `not ${this.#name()}.any()`,
      () => `${dice.pick(ints)} in ${this.#name()}`,
      () => `${dice.pick(ints)} < ${dice.pick(floats)} <= ${dice.pick(ints)}`,
      () => `str(${inner()})`,
      () => `(${inner()}) and ${inner()}`,
      () =>
        `np.${dice.pick(["float32", "int8", "uint16", "float64", "int64", "bool_"])}(${dice.pick(scalars)})`,
      () => `int(${this.#name()}.sum())`,
      () => `float(${inner()})`,
      () => `round(${dice.pick(floats)} * 1.37, ${dice.pick(["0", "1", "2"])})`,
      () => `sum([${dice.pick(ints)}, ${dice.pick(floats)}])`,
      () => `max(${dice.pick(scalars.slice(0, -2))}, ${dice.pick(ints)})`,
    ];
    return dice.pick(forms)();
  }

  #index(): string {
    const dice = this.#dice;
    const count = dice.pick([1, 1, 1, 2, 2]);
    return Array.from({ length: count }, () => this.#part()).join(", ");
  }

  #part(): string {
    const dice = this.#dice;
    const parts = [
      "0",
      "-1",
      "1",
      "::-1",
      "1:",
      ":2",
      "::2",
      "...",
      "None",
      ":",
      "[0, 1]",
      "[-1, 0, 0]",
      "0:2",
      "-2:",
      "2::-1",
      "np.array([0, 1])",
      "[True, False, True]",
      "2:1",
    ];
    if (dice.chance(0.1)) return `${this.#name()} > ${dice.pick(ints.slice(0, 4))}`;
    return dice.pick(parts);
  }
}
