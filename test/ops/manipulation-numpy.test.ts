import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { adoptLayout } from "../../src/array/fresh.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, dtypes, randomArray, skip } from "./against-numpy.ts";

/** Joining, repeating, padding and moving elements, against a live NumPy: values, dtype, shape, order in memory, errors. */

const script = fileURLToPath(new URL("numpy_manipulation.py", import.meta.url));

type Made = Omit<Case, "arrays"> & { readonly arrays: readonly np.NDArray[] };
type Maker = (dice: Dice, dtype: Descriptor) => Made;

const raw = np.dtype("V4") as Descriptor;
const all: readonly Descriptor[] = [...dtypes, raw];

function check(seed: number, count: number, make: Maker, types = all): void {
  const dice = new Dice(seed);
  const cases = types.flatMap((dtype) => Array.from({ length: count }, () => make(dice, dtype)));
  assert.deepEqual(
    compare(
      cases.map((one) => ({ strides: true, ...one })),
      script,
    ),
    [],
  );
}

function shapeOf(dice: Dice, low = 1, high = 3): number[] {
  return Array.from({ length: dice.int(low, high) }, () => dice.pick([0, 1, 2, 2, 3, 3, 4, 5, 9]));
}

function make(dice: Dice, shape: readonly number[], dtype: Descriptor): np.NDArray {
  if (dtype.kind !== "V") return randomArray(dice, shape, dtype);
  const a = randomArray(dice, shape, plain.float32);
  return adoptLayout(a.buffer, { ...a.layout, offset: a.byteOffset }, dtype, true, "test");
}

function axisOf(dice: Dice, ndim: number): number {
  return dice.chance(0.03) ? dice.pick([ndim, -ndim - 1]) : dice.int(-ndim, Math.max(0, ndim - 1));
}

const py = (value: unknown): string =>
  JSON.stringify(value).replaceAll("null", "None").replaceAll("true", "True").replaceAll("false", "False");

test("concatenate and its kin join arrays of one dtype, and of several", { skip }, () => {
  check(1, 60, (dice, dtype) => {
    const shape = shapeOf(dice, 1, 4);
    const axis = axisOf(dice, shape.length);
    const along = axis < 0 ? axis + shape.length : axis;
    const parts = Array.from({ length: dice.int(1, 3) }, () => {
      const own = shape.map((n, k) => (k === along ? dice.int(0, 4) : n));
      const other = dtype.kind !== "V" && dice.chance(0.2) ? dice.pick(dtypes) : dtype;
      return make(dice, dice.chance(0.03) ? [...own, 2] : own, other);
    });
    if (dice.chance(0.2)) {
      return { arrays: parts, run: () => np.concatenate(parts, null), call: "np.concatenate(a, axis=None)" };
    }
    return { arrays: parts, run: () => np.concatenate(parts, axis), call: `np.concatenate(a, axis=${axis})` };
  });
});

test("concatenate writes into an array, and casts by the rule", { skip }, () => {
  check(2, 30, (dice, dtype) => {
    const shape = shapeOf(dice, 1, 3);
    const parts = [make(dice, shape, dtype), make(dice, shape, dtype)];
    const axis = axisOf(dice, shape.length);
    const along = axis < 0 ? axis + shape.length : Math.min(axis, shape.length - 1);
    const target = dtype.kind === "V" ? dtype : dice.pick(dtypes);
    const casting = dice.pick(["same_kind", "unsafe", "safe"] as const);
    if (dice.chance(0.5) && dtype.kind !== "V") {
      const options = { axis, dtype: target.name as "float64", casting };
      const call = `np.concatenate(a, axis=${axis}, dtype="${target.name}", casting="${casting}")`;
      return { arrays: parts, run: () => np.concatenate(parts, options), call };
    }
    const out = np.zeros(
      shape.map((n, k) => (k === along || dice.chance(0.02) ? 2 * n : n)),
      target,
    );
    const call = `np.concatenate(a[:2], axis=${axis}, out=a[2], casting="${casting}")`;
    const fresh = adoptLayout(
      new ArrayBuffer(out.nbytes),
      { ...out.layout, offset: 0 },
      target,
      true,
      "test",
    );
    return {
      arrays: [...parts, fresh],
      run: () => np.concatenate(parts, { axis, out: fresh, casting }),
      call,
    };
  });
});

test("stacks", { skip }, () => {
  const kinds = {
    stack: (parts: np.NDArray[], axis: number) => np.stack(parts, axis),
    hstack: (parts: np.NDArray[]) => np.hstack(parts),
    vstack: (parts: np.NDArray[]) => np.vstack(parts),
    dstack: (parts: np.NDArray[]) => np.dstack(parts),
    columnStack: (parts: np.NDArray[]) => np.columnStack(parts),
  };
  check(3, 60, (dice, dtype) => {
    const shape = shapeOf(dice, 0, 3);
    const other = dtype.kind !== "V" && dice.chance(0.2) ? dice.pick(dtypes) : dtype;
    const parts = [make(dice, shape, dtype), make(dice, shape, other), make(dice, shape, dtype)];
    if (dice.chance(0.05)) parts.push(make(dice, [3, ...shape], dtype));
    const axis = axisOf(dice, shape.length + 1);
    const name = dice.pick(Object.keys(kinds)) as keyof typeof kinds;
    const python = name === "columnStack" ? "column_stack" : name;
    const call = name === "stack" ? `np.stack(a, axis=${axis})` : `np.${python}(a)`;
    return { arrays: parts, run: () => kinds[name](parts, axis), call };
  });
});

test("block", { skip }, () => {
  check(4, 30, (dice, dtype) => {
    const [rows, cols] = [
      [dice.int(0, 3), dice.int(1, 3)],
      [dice.int(1, 4), dice.int(0, 3)],
    ];
    const lead = dice.chance(0.2) ? [2] : [];
    const parts = rows.flatMap((r) =>
      cols.map((c) => make(dice, [...lead, r, c + (dice.chance(0.02) ? 1 : 0)], dtype)),
    );
    const [a, b, c, d] = parts as [np.NDArray, np.NDArray, np.NDArray, np.NDArray];
    const form = dice.pick(["square", "row", "one", "deep"]);
    if (form === "row") return { arrays: parts, run: () => np.block([a, b]), call: "np.block([a[0], a[1]])" };
    if (form === "one") return { arrays: parts, run: () => np.block(a), call: "np.block(a[0])" };
    if (form === "deep")
      return { arrays: parts, run: () => np.block([[[a]], [[a]]]), call: "np.block([[[a[0]]], [[a[0]]]])" };
    return {
      arrays: parts,
      run: () =>
        np.block([
          [a, b],
          [c, d],
        ]),
      call: "np.block([[a[0], a[1]], [a[2], a[3]]])",
    };
  });
  // Beyond a size NumPy lays the result out in another way.
  check(
    5,
    3,
    (dice, dtype) => {
      const parts = [0, 1].map(() => make(dice, [400, 700], dtype));
      return { arrays: parts, run: () => np.block([parts]), call: "np.block([a])" };
    },
    [plain.uint8],
  );
});

test("append, insert and delete", { skip }, () => {
  check(6, 60, (dice, dtype) => {
    const shape = shapeOf(dice, 1, 3);
    const axis = dice.chance(0.2) ? null : axisOf(dice, shape.length);
    const a = make(dice, shape, dtype);
    const size = shape.reduce((p, n) => p * n, 1);
    const length = axis === null ? size : (shape[axis < 0 ? axis + shape.length : axis] ?? 1);
    const place = () => dice.int(-length, Math.max(0, length - (dice.chance(0.05) ? 0 : 1)));
    const what = dice.pick(["one", "list", "slice", "mask", "none"]);
    const list = Array.from({ length: dice.int(0, 4) }, place);
    const mask = Array.from({ length: length + (dice.chance(0.03) ? 1 : 0) }, () => dice.chance(0.4));
    const [start, stop, step] = [dice.int(-9, 9), dice.int(-9, 9), dice.pick([1, 2, -1, -3])];
    const one = place();
    const forms: Record<string, [np.AxisPlaces, string]> = {
      one: [one, String(one)],
      list: [np.array(list, "int32"), `np.array(${py(list)}, "i4")`],
      slice: [np.s(start, stop, step), `slice(${start}, ${stop}, ${step})`],
      mask: [np.array(mask, "bool"), `np.array(${py(mask)}, bool)`],
      none: ["5:5", "slice(5, 5)"],
    };
    const [obj, text] = forms[what]!;
    return {
      arrays: [a],
      run: () => np.delete(a, obj, axis),
      call: `np.delete(a[0], ${text}, axis=${py(axis)})`,
    };
  });
  check(
    7,
    60,
    (dice, dtype) => {
      const shape = shapeOf(dice, 1, 3);
      const axis = dice.chance(0.2) ? null : dice.int(-shape.length, shape.length - 1);
      const a = make(dice, shape, dtype);
      const along = axis === null ? 0 : axis < 0 ? axis + shape.length : axis;
      const size = shape.reduce((p, n) => p * n, 1);
      const length = axis === null ? size : shape[along]!;
      const list = Array.from({ length: dice.pick([1, 2, 3, 4]) }, () => dice.int(0, length));
      const single = dice.chance(0.4);
      const inner = axis === null ? [] : shape.filter((_, k) => k !== along);
      const others = axis === null ? [list.length] : shape.map((n, k) => (k === along ? list.length : n));
      const values = make(
        dice,
        single ? inner : dice.chance(0.5) ? [] : others,
        dtype.kind === "V" ? dtype : dice.pick([dtype, plain.float64]),
      );
      const [obj, text]: [np.AxisPlaces, string] = single
        ? [list[0]!, String(list[0])]
        : [np.array(list, "int32"), `np.array(${py(list)}, "i4")`];
      return {
        arrays: [a, values],
        run: () => np.insert(a, obj, values, axis),
        call: `np.insert(a[0], ${text}, a[1], axis=${py(axis)})`,
      };
    },
    [plain.float64, plain.complex128, raw],
  );
  check(8, 20, (dice, dtype) => {
    const shape = shapeOf(dice, 1, 3);
    const axis = dice.chance(0.4) ? null : axisOf(dice, shape.length);
    const arrays = [make(dice, shape, dtype), make(dice, shape, dtype)];
    const [a, b] = arrays as [np.NDArray, np.NDArray];
    return { arrays, run: () => np.append(a, b, axis), call: `np.append(a[0], a[1], axis=${py(axis)})` };
  });
});

test("repeat, tile and resize", { skip }, () => {
  check(9, 60, (dice, dtype) => {
    const shape = shapeOf(dice, 0, 3);
    const axis = dice.chance(0.3) || shape.length === 0 ? null : axisOf(dice, shape.length);
    const a = make(dice, shape, dtype);
    const length = axis === null ? a.size : (shape.at(axis) ?? 1);
    const counts = Array.from({ length: dice.chance(0.03) ? length + 1 : length }, () => dice.int(0, 3));
    const one = dice.int(0, 4);
    if (dice.chance(0.5)) {
      return {
        arrays: [a],
        run: () => np.repeat(a, one, axis),
        call: `np.repeat(a[0], ${one}, axis=${py(axis)})`,
      };
    }
    const repeats = np.array(counts, "int32");
    const call = `np.repeat(a[0], np.array(${py(counts)}, "i4"), axis=${py(axis)})`;
    return { arrays: [a], run: () => np.repeat(a, repeats, axis), call };
  });
  check(10, 40, (dice, dtype) => {
    const a = make(dice, shapeOf(dice, 0, 3), dtype);
    const reps = Array.from({ length: dice.int(0, 4) }, () => dice.pick([0, 1, 1, 2, 3]));
    return { arrays: [a], run: () => np.tile(a, reps), call: `np.tile(a[0], ${py(reps)})` };
  });
  check(11, 20, (dice, dtype) => {
    const a = make(dice, shapeOf(dice, 0, 3), dtype);
    const shape = shapeOf(dice, 0, 3);
    return { arrays: [a], run: () => np.resize(a, shape), call: `np.resize(a[0], ${py(shape)})` };
  });
});

test("roll", { skip }, () => {
  check(12, 60, (dice, dtype) => {
    const shape = shapeOf(dice, 0, 3);
    const a = make(dice, shape, dtype);
    const shift = () => dice.int(-12, 12);
    if (dice.chance(0.3) || shape.length === 0) {
      const by = shift();
      return { arrays: [a], run: () => np.roll(a, by), call: `np.roll(a[0], ${by})` };
    }
    const axes = Array.from({ length: dice.int(1, 3) }, () => axisOf(dice, shape.length));
    const shifts = dice.chance(0.3) ? shift() : axes.map(shift);
    return {
      arrays: [a],
      run: () => np.roll(a, shifts, axes),
      call: `np.roll(a[0], ${py(shifts)}, axis=${py(axes)})`,
    };
  });
});

const modes = [
  "constant",
  "edge",
  "linear_ramp",
  "maximum",
  "mean",
  "median",
  "minimum",
  "reflect",
  "symmetric",
  "wrap",
] as const;

test("pad in every mode", { skip }, () => {
  const make1 =
    (names: readonly (typeof modes)[number][]): Maker =>
    (dice, dtype) => {
      const shape = shapeOf(dice, 1, 3).map((n) => (n > 5 ? 2 : n));
      const a = make(dice, shape, dtype);
      const mode = dice.pick(names);
      const widths = shape.map(() => [dice.pick([0, 1, 2, 7]), dice.pick([0, 1, 2, 5])]);
      const [options, text] = optionsOf(dice, mode, dtype);
      return {
        arrays: [a],
        run: () => np.pad(a, widths as never, mode, options),
        call: `np.pad(a[0], ${py(widths)}, "${mode}"${text})`,
        // The order of sums may differ in the last bit.
        terms: mode === "mean" ? 20 : 1,
      };
    };
  check(13, 80, make1(["constant", "edge", "reflect", "symmetric", "wrap"]));
  check(14, 80, make1(["linear_ramp", "maximum", "minimum", "mean"]), dtypes);
  check(
    15,
    40,
    make1(["median"]),
    dtypes.filter(({ kind }) => kind !== "c"),
  );
});

function optionsOf(dice: Dice, mode: string, dtype: Descriptor): [np.PadOptions, string] {
  if (dice.chance(0.4)) return [{}, ""];
  const pair = [dice.int(0, 9), dice.int(0, 9)];
  if (mode === "constant" && dtype.kind !== "V")
    return [{ constantValues: pair }, `, constant_values=${py(pair)}`];
  if (mode === "linear_ramp") return [{ endValues: pair }, `, end_values=${py(pair)}`];
  const length = dice.int(1, 3);
  if (["maximum", "mean", "median", "minimum"].includes(mode))
    return [{ statLength: length }, `, stat_length=${length}`];
  if ((mode === "reflect" || mode === "symmetric") && dtype.kind !== "V" && dtype.kind !== "c")
    return [{ reflectType: "odd" }, `, reflect_type="odd"`];
  return [{}, ""];
}

test("tril, triu, trimZeros, packbits and unpackbits", { skip }, () => {
  check(16, 40, (dice, dtype) => {
    const a = make(dice, shapeOf(dice, 1, 4), dtype);
    const k = dice.int(-4, 4);
    if (dice.chance(0.5)) return { arrays: [a], run: () => np.tril(a, k), call: `np.tril(a[0], ${k})` };
    return { arrays: [a], run: () => np.triu(a, k), call: `np.triu(a[0], ${k})` };
  });
  check(
    17,
    40,
    (dice) => {
      const shape = shapeOf(dice, 0, 3);
      const a = make(dice, shape, plain.int8);
      for (const index of np.ndindex(shape)) if (dice.chance(0.8)) a.set(index, 0);
      const trim = dice.pick(["fb", "f", "b"] as const);
      const axis = dice.chance(0.5) || shape.length === 0 ? null : axisOf(dice, shape.length);
      return {
        arrays: [a],
        run: () => np.trimZeros(a, trim, axis),
        call: `np.trim_zeros(a[0], "${trim}", axis=${py(axis)})`,
      };
    },
    [plain.int8],
  );
  const integers = dtypes.filter(({ kind }) => "biu".includes(kind));
  check(
    18,
    40,
    (dice, dtype) => {
      const shape = dice.chance(0.2) ? [dice.int(0, 70), dice.int(1, 40)] : shapeOf(dice, 0, 3);
      const a = make(dice, shape, dtype);
      const axis = dice.chance(0.3) ? null : axisOf(dice, shape.length);
      const bitorder = dice.pick(["big", "little"] as const);
      const call = `np.packbits(a[0], axis=${py(axis)}, bitorder="${bitorder}")`;
      return { arrays: [a], run: () => np.packbits(a, { axis, bitorder }), call };
    },
    integers,
  );
  check(
    19,
    300,
    (dice, dtype) => {
      const shape = shapeOf(dice, 0, 3).map((n) => Math.max(1, n));
      const a = make(dice, shape, dtype);
      const axis = dice.chance(0.3) || shape.length === 0 ? null : axisOf(dice, shape.length);
      const bitorder = dice.pick(["big", "little"] as const);
      const count = dice.chance(0.5) ? null : dice.int(-20, 80);
      const call = `np.unpackbits(a[0], axis=${py(axis)}, count=${py(count)}, bitorder="${bitorder}")`;
      return { arrays: [a], run: () => np.unpackbits(a, { axis, bitorder, count }), call };
    },
    [plain.uint8],
  );
});

test("convolve and correlate", { skip }, () => {
  const lines =
    (long: number): Maker =>
    (dice, dtype) => {
      const other = dice.chance(0.2) ? dice.pick(dtypes) : dtype;
      const arrays = [make(dice, [dice.int(1, long)], dtype), make(dice, [dice.int(1, long)], other)];
      const [a, v] = arrays as [np.NDArray, np.NDArray];
      const mode = dice.pick(["full", "same", "valid"] as const);
      const [name, slide] = dice.pick([
        ["convolve", np.convolve] as const,
        ["correlate", np.correlate] as const,
      ]);
      const call = `np.${name}(a[0], a[1], "${mode}")`;
      return { arrays, run: () => slide(a, v, mode), call, terms: long, bound: call };
    };
  check(20, 40, lines(20), dtypes);
  check(21, 3, lines(900), dtypes);
  check(22, 2, lines(9000), [plain.float64, plain.complex64, plain.int16, plain.bool]);
});
