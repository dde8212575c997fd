// The grid: every operation of a list, on operands of every layout, dtype and size, into memory that is there and into
// fresh memory. Many short measurements in one process, that has seen everything: see effort in measure.mjs.

const DTYPES = ["float64", "float32", "uint8", "int32", "complex128"];
const SIZES = { 10: [2, 5], 1000: [25, 40], 16384: [128, 128], 262144: [512, 512], 4194304: [2048, 2048] };

/** [name, how the first operand is cut from a larger array, in Python and here, and the shape of that array]. */
const LAYOUTS = [
  ["contiguous", "x", (x) => x, (r, c) => [r, c]],
  ["transposed", "x.T", (x) => x.T, (r, c) => [c, r]],
  ["stepped", "x[:, ::2]", (x) => x.slice(":", "::2"), (r, c) => [r, 2 * c]],
  ["reversed", "x[::-1, ::-1]", (x) => x.slice("::-1", "::-1"), (r, c) => [r, c]],
];

const floating = (dtype) => /float|complex/.test(dtype);
const real = (dtype) => !/complex/.test(dtype);
const any = () => true;

/** [name, dtypes, Python with o for the output, or without, ndview, whether there is `out`, target for many elements]. */
const OPERATIONS = [
  ["add", any, "np.add(a, b{})", (np, a, b, o) => np.add(a, b, o), true, 1.3],
  ["multiply", any, "np.multiply(a, b{})", (np, a, b, o) => np.multiply(a, b, o), true, 1.3],
  ["maximum", real, "np.maximum(a, b{})", (np, a, b, o) => np.maximum(a, b, o), true, 1.3],
  ["less", real, "np.less(a, b{})", (np, a, b, o) => np.less(a, b, o), true, 1.3, "bool"],
  ["exp", (d) => floating(d) && real(d), "np.exp(a{})", (np, a, _, o) => np.exp(a, o), true, 3],
  ["log", (d) => floating(d) && real(d), "np.log(a{})", (np, a, _, o) => np.log(a, o), true, 3],
  ["sin", (d) => floating(d) && real(d), "np.sin(a{})", (np, a, _, o) => np.sin(a, o), true, 3],
  ["tanh", (d) => floating(d) && real(d), "np.tanh(a{})", (np, a, _, o) => np.tanh(a, o), true, 3],
  ["power", (d) => floating(d) && real(d), "np.power(a, b{})", (np, a, b, o) => np.power(a, b, o), true, 3],
  ["where", any, "np.where(m, a, b)", (np, a, b, _, m) => np.where(m, a, b), false, 1.3],
  ["astype", any, "a.astype(t)", (_np, a, _b, _o, _m, t) => a.astype(t), false, 1],
  ["sum", any, "a.sum()", (np, a) => np.sum(a), false, 1.3],
  ["sum over axis 0", any, "a.sum(0)", (np, a) => np.sum(a, 0), false, 1.3],
  ["sum over axis 1", any, "a.sum(1)", (np, a) => np.sum(a, 1), false, 1.3],
  ["max", real, "a.max()", (np, a) => np.max(a), false, 1.3],
  ["max over axis 0", real, "a.max(0)", (np, a) => np.max(a, 0), false, 1.3],
  ["max over axis 1", real, "a.max(1)", (np, a) => np.max(a, 1), false, 1.3],
  ["std", real, "a.std()", (np, a) => np.std(a), false, 1.3],
  ["cumsum", any, "a.cumsum(1)", (np, a) => np.cumsum(a, 1), false, 1.3],
];

const casts = {
  float64: "float32",
  float32: "float64",
  uint8: "float32",
  int32: "float64",
  complex128: "complex64",
};

const values = (dtype) => (floating(dtype) ? "(np.arange(n) % 97 + 1) / 8" : "np.arange(n) % 13 + 1");

function filled(dtype, n) {
  const data = new Float64Array(n);
  for (let k = 0; k < n; k++) data[k] = floating(dtype) ? ((k % 97) + 1) / 8 : (k % 13) + 1;
  return data;
}

function targetOf(many, n, into) {
  if (n <= 10) return 0.5;
  if (many >= 3) return many;
  if (n <= 1000) return into ? 1.3 : 2;
  if (n <= 16384) return into ? 2.7 : 4;
  return many;
}

function gridCase([name, , python, run, , many, outType], [layout, cut, cutHere, shapeOf], dtype, n, into) {
  const [r, c] = SIZES[n];
  const shape = shapeOf(r, c);
  const base = shape[0] * shape[1];
  const setup = [
    `n = ${base}`,
    `x = (${values(dtype)}).astype("${dtype}").reshape(${shape.join(", ")})`,
    `a = ${cut}`,
    `n = ${n}`,
    `b = (${values(dtype)}).astype("${dtype}").reshape(${r}, ${c})`,
    `m = np.arange(n).reshape(${r}, ${c}) % 2 == 0`,
    `t = "${casts[dtype]}"`,
    `o = np.empty((${r}, ${c}), "${outType ?? dtype}")`,
  ];
  const call = python.replace("{}", into ? ", o" : "");
  return {
    name: `${name}, ${layout}, ${dtype}, ${n}${into ? ", out" : ""}`,
    group: "grid",
    grid: { operation: name, layout, dtype, n, into },
    target: targetOf(many, n, into),
    python: { setup: setup.join("\n"), run: call },
    ndview(np) {
      const x = np.array(filled(dtype, base)).astype(dtype).reshape(shape);
      const a = cutHere(x);
      const b = np.array(filled(dtype, n)).astype(dtype).reshape(r, c);
      const m = np.array(Array.from({ length: n }, (_, k) => k % 2 === 0)).reshape(r, c);
      const o = into ? np.empty([r, c], outType ?? dtype) : undefined;
      return () => run(np, a, b, o, m, casts[dtype]);
    },
  };
}

export const gridCases = OPERATIONS.flatMap((operation) => {
  const [, takes, , , hasOut] = operation;
  return DTYPES.filter(takes).flatMap((dtype) =>
    LAYOUTS.flatMap((layout) =>
      Object.keys(SIZES)
        .map(Number)
        .filter((n) => n <= 262144 || (dtype === "float64" && layout[0] !== "reversed"))
        .flatMap((n) =>
          (hasOut ? [true, false] : [false]).map((into) => gridCase(operation, layout, dtype, n, into)),
        ),
    ),
  );
});
