// Cases of NumPy's own benchmarks: ufuncs, reductions and products. The names of that suite are in the names here.

const EIGHT = ["int16", "float16", "int32", "float32", "int64", "float64", "complex64", "complex128"];

function uniform(count) {
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = ((k * 7919) % 100003) / 1000.03;
  return data;
}

const python = (count) => `((np.arange(${count}) * 7919) % 100003) / 1000.03`;

function suiteCase(name, count, py, nd, { setup = "", result, target = 1.5 } = {}) {
  return {
    name: `suite: ${name}`,
    group: "suite",
    target,
    python: { setup: `u = ${python(count)}\n${setup}`, run: py, ...(result && { result }) },
    ndview: (np) => nd(np, np.array(uniform(count))),
  };
}

/** A ufunc into memory that is there, with steps for the input and the output. */
function strided(ufunc, [stepIn, stepOut], dtype, { binary = false, scale = 1 } = {}) {
  const n = 100000;
  const most = n * Math.max(stepIn, stepOut);
  const args = binary ? "a, a, o" : "a, o";
  return suiteCase(
    `${ufunc}, steps ${stepIn} and ${stepOut}, ${dtype}`,
    most,
    `np.${ufunc}(${args})`,
    (np, u) => {
      const a = np.divide(u, scale).astype(dtype).slice(`::${stepIn}`).slice(`:${n}`);
      const o = np.empty(most, dtype).slice(`::${stepOut}`).slice(`:${n}`);
      return binary ? () => np[ufunc](a, a, o) : () => np[ufunc](a, o);
    },
    {
      setup: `a = (u / ${scale}).astype("${dtype}")[::${stepIn}][:${n}]\no = np.empty(${most}, "${dtype}")[::${stepOut}][:${n}]`,
      result: "o",
      target: /exp|sin/.test(ufunc) ? 3 : 1.5,
    },
  );
}

function reduceCase(axis, dtype) {
  return suiteCase(
    `add.reduce axis ${axis} of 400x400, ${dtype}`,
    160000,
    `np.add.reduce(a, axis=${axis})`,
    (np, u) => {
      const a = u.astype(dtype).reshape(400, 400);
      return () => np.add.reduce(a, { axis });
    },
    { setup: `a = u.astype("${dtype}").reshape(400, 400)` },
  );
}

const statistics = ["mean", "std", "max", "min", "prod", "sum"];

export const suiteCases = [
  strided("sqrt", [1, 1], "float64"),
  strided("exp", [1, 1], "float64", { scale: 10 }),
  strided("sin", [1, 1], "float64"),
  strided("exp", [1, 1], "float16", { scale: 10 }),
  strided("exp", [4, 2], "float32", { scale: 10 }),
  strided("multiply", [2, 2], "complex128", { binary: true }),
  strided("multiply", [1, 1], "int64", { binary: true }),
  strided("add", [2, 1], "uint8", { binary: true }),
  suiteCase(
    "Temporaries (a * b) + c of 1e5",
    100000,
    "(u * u) + u",
    (np, u) => () => np.add(np.multiply(u, u), u),
  ),
  suiteCase("sqrt of 10", 10, "np.sqrt(u)", (np, u) => () => np.sqrt(u)),
  suiteCase(
    "Laplace in place of 150x150, one step",
    22500,
    "g[1:-1, 1:-1] = ((g[2:, 1:-1] + g[:-2, 1:-1]) * 0.5 + (g[1:-1, 2:] + g[1:-1, :-2]) * 0.5) * 0.5",
    (np, u) => {
      const g = u.reshape(150, 150);
      return {
        run() {
          const [n, s] = [g.slice("2:", "1:-1"), g.slice(":-2", "1:-1")];
          const [e, w] = [g.slice("1:-1", "2:"), g.slice("1:-1", ":-2")];
          const down = np.multiply(np.add(n, s), 0.5);
          g.set(["1:-1", "1:-1"], np.multiply(np.add(down, np.multiply(np.add(e, w), 0.5)), 0.5));
          return 0;
        },
        result: () => g.shape.length,
      };
    },
    { setup: "g = u.reshape(150, 150)", result: "2", target: 2 },
  ),
  ...[0, 1].flatMap((axis) => EIGHT.map((dtype) => reduceCase(axis, dtype))),
  ...statistics.map((name) =>
    suiteCase(
      `StatsReductions ${name} of 200`,
      200,
      `np.${name}(a)`,
      (np, u) => {
        const a = np.add(np.divide(u, 1e6), 1);
        return () => np[name](a);
      },
      { setup: "a = u / 1e6 + 1" },
    ),
  ),
  suiteCase(
    "median of 10000x20, axis 1",
    200000,
    "np.median(a, axis=1)",
    (np, u) => {
      const a = u.reshape(10000, 20);
      return () => np.median(a, 1);
    },
    { setup: "a = u.reshape(10000, 20)" },
  ),
  suiteCase(
    "where of 20000",
    20000,
    "np.where(c, u, o)",
    (np, u) => {
      const c = np.greater(u, 50);
      const o = np.multiply(u, 2);
      return () => np.where(c, u, o);
    },
    { setup: "c = u > 50\no = u * 2" },
  ),
  suiteCase(
    "matmul of 10 windows of 20x20 in steps",
    10 * 40 * 40,
    "np.matmul(a, b)",
    (np, u) => {
      const g = u.reshape(10, 40, 40);
      const [a, b] = [g.slice(":", "::2", "::2"), g.slice(":", "1::2", "1::2")];
      return () => np.matmul(a, b);
    },
    { setup: "g = u.reshape(10, 40, 40)\na = g[:, ::2, ::2]\nb = g[:, 1::2, 1::2]" },
  ),
  ...EIGHT.filter((dtype) => !/complex/.test(dtype)).map((dtype) =>
    suiteCase(
      `squares_ window of 100x100: add, ${dtype}`,
      1000000,
      "np.add(a, a)",
      (np, u) => {
        const a = u.astype(dtype).reshape(1000, 1000).slice(":100", ":100");
        return () => np.add(a, a);
      },
      { setup: `a = u.astype("${dtype}").reshape(1000, 1000)[:100, :100]` },
    ),
  ),
];
