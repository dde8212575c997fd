// Reading and writing through masks and arrays of indices; joining, padding and moving.
import { scatteredCase } from "./scatter.mjs";

const row = (name, count, rest) => scatteredCase("indexing", name, count, rest);
const PERCENT = 2 ** 32 / 100;

/** A mask that is true for a share of 10^6 elements. */
function maskCases(percent, dtype) {
  const limit = Math.round(percent * PERCENT);
  const setup = `a = (r % 251).astype("${dtype}")\nm = r < ${limit}\nv = a[m] + 1`;
  const ready = (np, r) => {
    const a = np.remainder(r, 251).astype(dtype);
    const m = np.less(r, limit);
    return { a, m, v: np.add(a.gather(m), 1) };
  };
  const written = (index, value) => ({
    setup,
    run: `a[m] = ${value}`,
    result: "a",
    nd: (np, r) => {
      const { a, m, v } = ready(np, r);
      const given = value === "v" ? v : 7;
      return { run: () => (a.set(m, given), a), result: () => a };
    },
  });
  const title = `${percent} % of 1e6, ${dtype}`;
  return [
    row(`a[mask], ${title}`, 1e6, {
      setup,
      run: "a[m]",
      nd: (np, r) => {
        const { a, m } = ready(np, r);
        return () => a.gather(m);
      },
    }),
    row(`a[mask] = 7, ${title}`, 1e6, written("m", "7")),
    row(`a[mask] = values, ${title}`, 1e6, written("m", "v")),
  ];
}

/** `a[i]` and its kin: shape of a, NumPy's index, ours. */
function gatherCase(name, shape, python, index, options = {}) {
  const count = shape.reduce((all, length) => all * length, 1);
  return row(name, Math.max(count, 1e6), {
    setup: `a = (r[:${count}] % 251).astype("f8").reshape(${JSON.stringify(shape)})\ni = (r[:100] % ${shape[0]}).astype("i8")\nl = (r % ${shape[0]}).astype("i8")\nk = np.arange(1000) % ${shape[0]}`,
    run: python,
    nd: (np, r) => {
      const a = np
        .remainder(r.slice(`:${count}`), 251)
        .astype("float64")
        .reshape(shape);
      const l = np.remainder(r, shape[0]).astype("int32");
      const i = l.slice(":100").copy();
      return index(np, a, i, l, np.remainder(np.arange(1000, { dtype: "int32" }), shape[0]));
    },
    ...options,
  });
}

const gathers = [
  gatherCase("suite: a[:, i] of a 100x100 window", [1000, 1000], "a[:100, :100][:, i % 100]", (np, a, i) => {
    const w = a.slice(":100", ":100");
    const j = np.remainder(i, 100);
    return () => w.gather(":", j);
  }),
  gatherCase("suite: a[np.ix_(i, i)] of 1000x1000", [1000, 1000], "a[np.ix_(i, i)]", (np, a, i) => {
    return () => a.gather(...np.ix(i, i));
  }),
  gatherCase("suite: a[k] of (1000, 3), ordered", [1000, 3], "a[k]", (np, a, _i, _l, k) => {
    return () => a.gather(k);
  }),
  gatherCase("suite: take of (1000, 3), ordered", [1000, 3], "np.take(a, k, axis=0)", (np, a, _i, _l, k) => {
    return () => np.take(a, k, 0);
  }),
  gatherCase("a[i], 100 rows of 1000", [1000, 1000], "a[i]", (np, a, i) => () => a.gather(i)),
  gatherCase("a[l], 1e6 elements of 1e6", [1000000], "a[l]", (np, a, _i, l) => () => a.gather(l)),
  gatherCase("a[l], 1e6 elements of 1000", [1000], "a[l]", (np, a, _i, l) => () => a.gather(l)),
  gatherCase(
    "a[i[:10]], 10 elements",
    [1000],
    "a[j]",
    (np, a, i) => {
      const j = i.slice(":10").copy();
      return () => a.gather(j);
    },
    { target: 0.5 },
  ),
  gatherCase(
    "a[l] = a, 1e6 elements",
    [1000000],
    "a[l] = 3",
    (np, a, _i, l) => {
      return { run: () => (a.set(l, 3), a), result: () => a };
    },
    { result: "a" },
  ),
  gatherCase("a[i, i], a pair of arrays", [1000, 1000], "a[i, i]", (np, a, i) => () => a.gather(i, i)),
];
// The index of ten is one more variable for Python.
gathers[7].python.setup += "\nj = i[:10].copy()";

const wholes = [
  row("suite: a[mask] = 1 of 1000x1000", 1e6, {
    setup: "a = np.zeros((1000, 1000))\nm = (r % 2 == 0).reshape(1000, 1000)",
    run: "a[m] = 1",
    result: "a",
    nd: (np, r) => {
      const a = np.zeros([1000, 1000]);
      const m = np.equal(np.remainder(r, 2), 0).reshape(1000, 1000);
      return { run: () => (a.set(m, 1), a), result: () => a };
    },
  }),
  row("suite: a.flat[slice] of 200x5000", 1e6, {
    setup: "a = r.astype('f8').reshape(200, 5000)",
    run: "a.flat[1:]",
    nd: (_np, r) => {
      const a = r.astype("float64").reshape(200, 5000);
      return () => a.flat.slice("1:");
    },
  }),
  row("suite: nonzero of 1000x1000, dense", 1e6, {
    setup: "m = np.ones((1000, 1000), bool)",
    run: "np.nonzero(m)[1]",
    nd: (np) => {
      const m = np.ones([1000, 1000], "bool");
      return () => np.nonzero(m)[1];
    },
  }),
  row("nonzero of 1000x1000, a half", 1e6, {
    setup: "m = (r % 2 == 0).reshape(1000, 1000)",
    run: "np.nonzero(m)[1]",
    nd: (np, r) => {
      const m = np.equal(np.remainder(r, 2), 0).reshape(1000, 1000);
      return () => np.nonzero(m)[1];
    },
  }),
];

/** Joining and moving arrays of `n` elements. */
function movingCases(n) {
  const target = n === 10 ? 0.5 : 1;
  const over = (name, run, nd) =>
    row(`${name} of ${n}`, n, {
      setup: "a = r.astype('f8')",
      run,
      target,
      nd: (np, r) => nd(np, r.astype("float64")),
    });
  return [
    over("concatenate 2", "np.concatenate((a, a))", (np, a) => () => np.concatenate([a, a])),
    over("roll", "np.roll(a, 3)", (np, a) => () => np.roll(a, 3)),
    over("pad, constant", "np.pad(a, 2)", (np, a) => () => np.pad(a, 2)),
    over("repeat", "np.repeat(a, 2)", (np, a) => () => np.repeat(a, 2)),
  ];
}

const joins = [
  ...[10, 1000, 1e6].flatMap(movingCases),
  row("concatenate 1000 arrays of 100", 1e5, {
    setup: "p = list(r.astype('f8').reshape(1000, 100))",
    run: "np.concatenate(p)",
    nd: (np, r) => {
      const p = [...r.astype("float64").reshape(1000, 100)];
      return () => np.concatenate(p);
    },
  }),
  row("suite: block of 4x4 parts of 256x256, uint8", 65536, {
    setup: "b = [[r.astype('u1').reshape(256, 256)] * 4] * 4",
    run: "np.block(b)",
    nd: (np, r) => {
      const part = r.astype("uint8").reshape(256, 256);
      const b = [0, 1, 2, 3].map(() => [part, part, part, part]);
      return () => np.block(b);
    },
  }),
  ...["reflect", "edge", "constant"].map((mode) =>
    row(`pad of 1000x1000, ${mode}`, 1e6, {
      setup: "a = r.astype('f8').reshape(1000, 1000)",
      run: `np.pad(a, 3, "${mode}")`,
      nd: (np, r) => {
        const a = r.astype("float64").reshape(1000, 1000);
        return () => np.pad(a, 3, mode);
      },
    }),
  ),
  row("roll of 1000x1000, both axes", 1e6, {
    setup: "a = r.astype('f8').reshape(1000, 1000)",
    run: "np.roll(a, (5, 7), (0, 1))",
    nd: (np, r) => {
      const a = r.astype("float64").reshape(1000, 1000);
      return () => np.roll(a, [5, 7], [0, 1]);
    },
  }),
];

export const indexingCases = [
  ...[1, 50, 99].flatMap((percent) => maskCases(percent, "float64")),
  ...[1, 50, 99].flatMap((percent) => maskCases(percent, "uint8")),
  ...gathers,
  ...wholes,
  ...joins,
];
