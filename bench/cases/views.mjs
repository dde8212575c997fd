// Making a view. Every one of them is to take less than half of NumPy's time, whatever the size of the array.
const sizes = [
  { label: "10", shape: [2, 5], other: [5, 2] },
  { label: "1e6", shape: [1000, 1000], other: [500, 2000] },
];

/** [name, NumPy, ndview, scijs]: an expression of NumPy, and what makes the function that is timed. */
const views = [
  ["a[:, ::-1]", "a[:, ::-1]", (_, a) => () => a.slice(":", "::-1"), (a) => () => a.step(1, -1)],
  [
    "a[1:3]",
    "a[1:3]",
    (_, a) => () => a.slice("1:3"),
    (a, [rows]) =>
      () =>
        a.lo(1).hi(Math.min(2, rows - 1)),
  ],
  ["a[1:3], computed", "a[i:j]", (np, a) => slicesOf(np, a)],
  ["a[-1]", "a[-1]", (_, a) => () => a.slice(-1), (a, shape) => () => a.pick(shape[0] - 1, null)],
  ["a[1:, 1:]", "a[1:, 1:]", (_, a) => () => a.slice("1:", "1:"), (a) => () => a.lo(1, 1)],
  ["a[None]", "a[None]", (_, a) => () => a.slice(null)],
  ["a.T", "a.T", (_, a) => () => a.T, (a) => () => a.transpose(1, 0)],
  ["a.transpose(1, 0)", "a.transpose(1, 0)", (_, a) => () => a.transpose(1, 0)],
  ["a.swapaxes(0, 1)", "a.swapaxes(0, 1)", (_, a) => () => a.swapaxes(0, 1)],
  [
    "a.reshape",
    "a.reshape(other)",
    (_, a, { other }) =>
      () =>
        a.reshape(other),
  ],
  ["a.reshape(-1)", "a.reshape(-1)", (_, a) => () => a.reshape(-1)],
  ["a.ravel", "a.ravel()", (_, a) => () => a.ravel()],
  [
    "a.squeeze",
    "b.squeeze()",
    (_, __, { b }) =>
      () =>
        b.squeeze(),
  ],
  ["a.view('u1')", "a.view('u1')", (_, a) => () => a.view("u1")],
  ["a.diagonal", "a.diagonal()", (_, a) => () => a.diagonal()],
  ["np.transpose", "np.transpose(a)", (np, a) => () => np.transpose(a)],
  [
    "np.reshape",
    "np.reshape(a, other)",
    (np, a, { other }) =>
      () =>
        np.reshape(a, other),
  ],
  ["np.expand_dims", "np.expand_dims(a, 0)", (np, a) => () => np.expandDims(a, 0)],
  [
    "np.squeeze",
    "np.squeeze(b)",
    (np, _, { b }) =>
      () =>
        np.squeeze(b),
  ],
  ["np.flip", "np.flip(a)", (np, a) => () => np.flip(a), (a) => () => a.step(-1, -1)],
  ["np.flip, axis 1", "np.flip(a, 1)", (np, a) => () => np.flip(a, 1), (a) => () => a.step(1, -1)],
  ["np.moveaxis", "np.moveaxis(a, 0, 1)", (np, a) => () => np.moveaxis(a, 0, 1)],
  ["np.rot90", "np.rot90(a)", (np, a) => () => np.rot90(a)],
  [
    "np.broadcast_to",
    "np.broadcast_to(a, three)",
    (np, a, { three }) =>
      () =>
        np.broadcastTo(a, three),
  ],
  ["np.atleast_1d", "np.atleast_1d(a)", (np, a) => () => np.atleast1d(a)],
];

function slicesOf(np, a) {
  const [i, j] = [1, 3];
  return () => a.slice(np.s(i, j));
}

function viewCase([name, python, ndview, scijs], { label, shape, other }) {
  const [rows, columns] = shape;
  const three = [3, ...shape];
  const setup = `
a = np.arange(${rows * columns}, dtype="f8").reshape(${rows}, ${columns})
b = a.reshape(1, ${rows}, ${columns})
other, three, i, j = (${other}), (${three}), 1, 3`;
  return {
    name: `${name} of ${label}`,
    group: "views",
    target: 0.5,
    python: { setup, run: python },
    ndview(np) {
      const a = np.arange(rows * columns, "float64").reshape(shape);
      return ndview(np, a, { other, three, b: a.reshape([1, ...shape]) });
    },
    ...(scijs && {
      scijs: ({ ndarray }) =>
        scijs(
          ndarray(
            Float64Array.from({ length: rows * columns }, (_, k) => k),
            shape,
          ),
          shape,
        ),
    }),
  };
}

/** The cases of NumPy's own suite that make views of small arrays. */
const suite = [
  {
    name: "suite: reshape (5, 2, 3, 1)",
    python: { setup: "a = np.ones((5, 2, 3, 1))", run: "np.reshape(a, (10, 3))" },
    ndview(np) {
      const a = np.ones([5, 2, 3, 1]);
      return () => np.reshape(a, [10, 3]);
    },
  },
  {
    name: "suite: expand_dims (2, 1, 4)",
    python: { setup: "a = np.ones((2, 1, 4))", run: "np.expand_dims(a, axis=1)" },
    ndview(np) {
      const a = np.ones([2, 1, 4]);
      return () => np.expandDims(a, 1);
    },
  },
  {
    name: "suite: flip (5, 2, 3, 1)",
    python: { setup: "a = np.ones((5, 2, 3, 1))", run: "np.flip(a, axis=None)" },
    ndview(np) {
      const a = np.ones([5, 2, 3, 1]);
      return () => np.flip(a);
    },
  },
  {
    name: "suite: broadcast_to 512",
    python: { setup: "a = np.ones(512)", run: "np.broadcast_to(a, (512, 512))" },
    ndview(np) {
      const a = np.ones([512]);
      return () => np.broadcastTo(a, [512, 512]);
    },
  },
  {
    name: "suite: transpose of 4x4",
    python: { setup: "a = np.ones((4, 4))", run: "a.transpose()" },
    ndview(np) {
      const a = np.ones([4, 4]);
      return () => a.transpose();
    },
  },
  {
    name: "suite: atleast_1d",
    python: { setup: "a = np.ones(3)", run: "np.atleast_1d(a)" },
    ndview(np) {
      const a = np.ones(3);
      return () => np.atleast1d(a);
    },
  },
];

export const viewCases = [
  ...sizes.flatMap((size) => views.map((view) => viewCase(view, size))),
  ...suite.map((one) => ({ ...one, group: "views", target: 0.5 })),
];
