// Reading and writing one element, and going through the rows.
const SHAPE = [1000, 1000];
const COUNT = 1e6;
const typed = {
  float64: { make: () => Float64Array.from({ length: COUNT }, (_, k) => k % 100), value: 7 },
  uint8: { make: () => Uint8Array.from({ length: COUNT }, (_, k) => k % 100), value: 7 },
  int64: { make: () => BigInt64Array.from({ length: COUNT }, (_, k) => BigInt(k % 100)), value: 7n },
};

const setup = (dtype) =>
  `a = (np.arange(${COUNT}) % 100).astype("${dtype}").reshape(1000, 1000); i = 1; v = 7`;
const array = (np, dtype) => np.array(typed[dtype].make(), dtype).reshape(SHAPE);

function readCase(dtype) {
  return {
    name: `a[i, j], ${dtype}`,
    group: "elements",
    target: 0.25,
    python: { setup: setup(dtype), run: "a[i, 3]" },
    ndview(np) {
      const a = array(np, dtype);
      let i = 1;
      return () => a.at((i ^= 1), 3);
    },
    scijs({ ndarray }) {
      const a = ndarray(typed[dtype].make(), SHAPE);
      let i = 1;
      return () => a.get((i ^= 1), 3);
    },
    loop() {
      const a = typed[dtype].make();
      let i = 1;
      return () => a[(i ^= 1) * 1000 + 3];
    },
  };
}

function writeCase(dtype) {
  const { value } = typed[dtype];
  return {
    name: `a[i, j] = v, ${dtype}`,
    group: "elements",
    target: 0.5,
    python: { setup: setup(dtype), run: "a[i, 3] = v", result: "a[i, 3]" },
    ndview(np) {
      const a = array(np, dtype);
      let i = 0;
      return { run: () => a.set([(i ^= 1), 3], value), result: () => a.at(1, 3) };
    },
    scijs({ ndarray }) {
      const a = ndarray(typed[dtype].make(), SHAPE);
      let i = 0;
      return { run: () => a.set((i ^= 1), 3, value), result: () => a.get(1, 3) };
    },
  };
}

const others = [
  {
    name: "a[-1, -1], negative, a view",
    target: 0.25,
    python: { setup: `${setup("float64")}\na = a[::2, ::-1]`, run: "a[-1, -1]" },
    ndview(np) {
      const a = array(np, "float64").slice("::2", "::-1");
      return () => a.at(-1, -1);
    },
  },
  {
    name: "a.item(i, j)",
    target: 0.5,
    python: { setup: setup("float64"), run: "a.item(1, 3)" },
    ndview(np) {
      const a = array(np, "float64");
      return () => a.item(1, 3);
    },
  },
  {
    name: "a[i, ...] = v, a row of 1000",
    target: 1,
    python: { setup: setup("float64"), run: "a[i, ...] = v", result: "a[:3]" },
    ndview(np) {
      const a = array(np, "float64");
      return { run: () => a.set([1, "..."], 7), result: () => a.slice(":3") };
    },
  },
  {
    name: "sum of all a[i, j] of 100x100",
    target: 0.25,
    python: {
      setup: `${setup("float64")}
def total():
    sum = 0.0
    for i in range(100):
        for j in range(100):
            sum += a[i, j]
    return sum`,
      run: "total()",
    },
    ndview(np) {
      const a = array(np, "float64");
      return () => total((i, j) => a.at(i, j));
    },
    scijs({ ndarray }) {
      const a = ndarray(typed.float64.make(), SHAPE);
      return () => total((i, j) => a.get(i, j));
    },
    loop() {
      const a = typed.float64.make();
      return () => total((i, j) => a[i * 1000 + j]);
    },
  },
  {
    name: "for row of a, 1000 rows",
    target: 0.5,
    python: {
      setup: `${setup("float64")}
def rows():
    count = 0
    for row in a: count += len(row)
    return count`,
      run: "rows()",
    },
    ndview(np) {
      const a = array(np, "float64");
      return () => {
        let count = 0;
        for (const row of a) count += row.length;
        return count;
      };
    },
    scijs({ ndarray }) {
      const a = ndarray(typed.float64.make(), SHAPE);
      return () => {
        let count = 0;
        for (let i = 0; i < 1000; i++) count += a.pick(i, null).shape[0];
        return count;
      };
    },
  },
  {
    name: "for x of a, 1000 elements",
    target: 0.5,
    python: {
      setup: `${setup("float64")}
a = a[3]
def total():
    sum = 0.0
    for x in a: sum += x
    return sum`,
      run: "total()",
    },
    ndview(np) {
      const a = array(np, "float64").slice(3);
      return () => {
        let sum = 0;
        for (const x of a) sum += x;
        return sum;
      };
    },
  },
  {
    name: "a.tolist() of 100x100",
    target: 1,
    python: { setup: `${setup("float64")}\na = a[:100, :100]\nb = a.copy()`, run: "len(a.tolist())" },
    ndview(np) {
      const a = array(np, "float64").slice(":100", ":100");
      return () => a.tolist().length;
    },
  },
];

function total(read) {
  let sum = 0;
  for (let i = 0; i < 100; i++) for (let j = 0; j < 100; j++) sum += read(i, j);
  return sum;
}

export const elementCases = [
  ...["float64", "uint8", "int64"].map(readCase),
  ...["float64", "uint8", "int64"].map(writeCase),
  ...others.map((one) => ({ group: "elements", ...one })),
];
