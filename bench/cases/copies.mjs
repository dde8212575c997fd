// Copying an array of 1000x1000 in every way it can lie in memory, and casting it.
const COUNT = 1e6;
const SHAPE = [1000, 1000];
const lanes = { float64: Float64Array, uint8: Uint8Array, int64: BigInt64Array };

function values(dtype, count = COUNT) {
  const data = new lanes[dtype](count);
  for (let k = 0; k < count; k++) data[k] = dtype === "int64" ? BigInt(k % 100) : k % 100;
  return data;
}

const setup = (dtype) => `a = (np.arange(${COUNT}) % 100).astype("${dtype}").reshape(1000, 1000)`;
const array = (np, dtype) => np.array(values(dtype), dtype).reshape(SHAPE);

/** [name, NumPy's view, the view of ndview, of scijs, its shape there, and a loop over the typed array]. */
const layouts = [
  ["contiguous", "a", (a) => a, (a) => a, SHAPE, (from) => from.slice()],
  ["transposed", "a.T", (a) => a.T, (a) => a.transpose(1, 0), SHAPE, transposeLoop],
  ["a[::2, ::2]", "a[::2, ::2]", (a) => a.slice("::2", "::2"), (a) => a.step(2, 2), [500, 500]],
  ["a[:, ::2]", "a[:, ::2]", (a) => a.slice(":", "::2"), (a) => a.step(1, 2), [1000, 500]],
  ["a[:, ::-1]", "a[:, ::-1]", (a) => a.slice(":", "::-1"), (a) => a.step(1, -1), SHAPE],
  ["a[:, 1:-1]", "a[:, 1:-1]", (a) => a.slice(":", "1:-1"), (a) => a.lo(0, 1).hi(1000, 998), [1000, 998]],
];

function transposeLoop(from) {
  const to = new from.constructor(COUNT);
  for (let i = 0; i < 1000; i++) for (let j = 0; j < 1000; j++) to[j * 1000 + i] = from[i * 1000 + j];
  return to;
}

function copyCase([name, python, ndview, scijs, shape, loop], dtype) {
  return {
    name: `copy ${name}, ${dtype}`,
    group: "copies",
    target: 1,
    python: { setup: `${setup(dtype)}\nv = ${python}`, run: 'v.copy("C")' },
    ndview(np) {
      const view = ndview(array(np, dtype));
      return () => np.copy(view, "C");
    },
    ...(dtype !== "int64" && {
      scijs({ ndarray, ops }) {
        const view = scijs(ndarray(values(dtype), SHAPE));
        return () => {
          const to = ndarray(new lanes[dtype](shape[0] * shape[1]), shape);
          ops.assign(to, view);
          return to;
        };
      },
    }),
    ...(loop && {
      loop() {
        const from = values(dtype);
        return () => loop(from);
      },
    }),
  };
}

/** [from, to] of casts of 10^6 elements. */
const casts = [
  ["float64", "float32", Float32Array],
  ["uint8", "float32", Float32Array],
  ["float64", "uint8", Uint8Array],
  ["float64", "int64", BigInt64Array],
];

function castCase([from, to, Lane]) {
  return {
    name: `astype ${from} to ${to}`,
    group: "copies",
    target: 1,
    python: { setup: setup(from), run: `a.astype("${to}")` },
    ndview(np) {
      const a = array(np, from);
      return () => a.astype(to);
    },
    ...(to !== "int64" && {
      loop() {
        const a = values(from);
        return () => new Lane(a);
      },
    }),
  };
}

const others = [
  {
    name: "suite: d[...] = e.T of 100x100, float64",
    python: {
      setup: 'd = np.zeros((100, 100)); e = np.arange(10000, dtype="f8").reshape(100, 100)',
      run: "np.copyto(d, e.T)",
      result: "d",
    },
    ndview(np) {
      const d = np.zeros([100, 100]);
      const e = np.arange(10000, "float64").reshape([100, 100]);
      return { run: () => np.copyto(d, e.T), result: () => d };
    },
  },
  {
    name: "suite: d[...] = e.T of 100x100, int8",
    python: {
      setup: 'd = np.zeros((100, 100), "i1"); e = (np.arange(10000) % 100).astype("i1").reshape(100, 100)',
      run: "np.copyto(d, e.T)",
      result: "d",
    },
    ndview(np) {
      const d = np.zeros([100, 100], "int8");
      const e = np.array(values("uint8", 10000)).astype("int8").reshape([100, 100]);
      return { run: () => np.copyto(d, e.T), result: () => d };
    },
  },
  {
    name: "suite: copyto with a sparse mask, 1e5",
    python: {
      setup: 'd = np.ones(100000, "i1"); e = np.ones_like(d); m = np.zeros(100000, "?"); m[::8] = True',
      run: "np.copyto(d, e, where=m)",
      result: "d",
    },
    ndview(np) {
      const d = np.ones([100000], "int8");
      const e = np.onesLike(d);
      const where = np.zeros([100000], "bool");
      where.set("::8", true);
      return { run: () => np.copyto(d, e, { where }), result: () => d };
    },
  },
  {
    name: "suite: tobytes of a stepped 100x100",
    python: {
      setup: "a = (np.arange(20000) % 100).astype('f8').reshape(100, 200)[:, ::2]",
      run: "a.tobytes()",
    },
    ndview(np) {
      const a = np.array(values("float64", 20000)).reshape([100, 200]).slice(":", "::2");
      return () => a.tobytes();
    },
  },
  {
    name: "a.fill(3) of 1e6",
    python: { setup: setup("float64"), run: "a.fill(3)", result: "a" },
    ndview(np) {
      const a = array(np, "float64");
      return { run: () => a.fill(3), result: () => a };
    },
    loop() {
      const a = values("float64");
      return { run: () => a.fill(3), result: () => a };
    },
  },
  {
    name: "a[1:] = a[:-1] of 1e6, overlapping",
    python: { setup: "a = np.arange(1e6); to, by = a[1:], a[:-1]", run: "np.copyto(to, by)", result: "a" },
    ndview(np) {
      const a = np.arange(1e6, "float64");
      const [to, by] = [a.slice("1:"), a.slice(":-1")];
      return { run: () => np.copyto(to, by), result: () => a };
    },
  },
];

export const copyCases = [
  ...layouts.flatMap((layout) => ["float64", "uint8", "int64"].map((dtype) => copyCase(layout, dtype))),
  ...casts.map(castCase),
  ...others.map((one) => ({ ...one, group: "copies", target: 1 })),
];
