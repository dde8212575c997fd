// Making arrays.
const nested = () => Array.from({ length: 100 }, (_, i) => Array.from({ length: 100 }, (_, j) => i + j / 8));
const NESTED = "x = [[i + j / 8 for j in range(100)] for i in range(100)]";

export const createCases = [
  {
    name: "np.array of a nested list, 100x100",
    python: { setup: NESTED, run: "np.array(x)" },
    ndview(np) {
      const x = nested();
      return () => np.array(x);
    },
  },
  {
    name: "np.array([[1, 2], [3, 4]])",
    python: { setup: "", run: "np.array([[1, 2], [3, 4]])" },
    ndview: (np) => () =>
      np.array([
        [1, 2],
        [3, 4],
      ]),
  },
  {
    name: "np.zeros of 10",
    python: { setup: "", run: "np.zeros((2, 5))" },
    ndview: (np) => () => np.zeros([2, 5]),
    scijs:
      ({ ndarray }) =>
      () =>
        ndarray(new Float64Array(10), [2, 5]),
  },
  {
    name: "np.zeros of 1000",
    python: { setup: "", run: "np.zeros(1000)" },
    ndview: (np) => () => np.zeros([1000]),
  },
  {
    name: "np.ones of 1e6",
    python: { setup: "", run: "np.ones((1000, 1000))" },
    ndview: (np) => () => np.ones([1000, 1000]),
  },
  {
    name: "np.arange of 1e6",
    python: { setup: "", run: "np.arange(1e6)" },
    ndview: (np) => () => np.arange(1e6),
    loop: () => () => Float64Array.from({ length: 1e6 }, (_, k) => k),
  },
  {
    name: "np.linspace of 1000",
    python: { setup: "", run: "np.linspace(0, 1, 1000)" },
    ndview: (np) => () => np.linspace(0, 1, 1000),
  },
  {
    name: "np.asarray of an array",
    python: { setup: "a = np.zeros(10)", run: "np.asarray(a)" },
    ndview(np) {
      const a = np.zeros([10]);
      return () => np.asarray(a);
    },
  },
].map((one) => ({ target: 1, ...one, group: "create" }));
