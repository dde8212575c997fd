// Expressions: chains of element-wise operations in one pass, by np.py, against NumPy and against the calls written out.

const SIZES = [10, 1000, 16384, 262144, 4000000];

function numbers(count, by) {
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = ((k % 97) + 1) / by;
  return data;
}

const python = (count, by) => `(np.arange(${count}) % 97 + 1) / ${by}`;

/** The time that is allowed against NumPy's: fewer passes gain where memory is what counts. */
function targetOf(n) {
  if (n <= 1000) return 1;
  return n <= 16384 ? 1.3 : 0.7;
}

const flat = (list) => Float64Array.from(list.flat(2));

/** An expression of arrays x, y, z, w of one length, of which it takes `count`. */
function expression(text, n, count, ways) {
  const { tag, calls, nt } = ways;
  const names = ["x", "y", "z", "w"].slice(0, count);
  const py = {
    setup: names.map((name, k) => `${name} = ${python(n, 8 + k)}`).join("\n"),
    run: text,
  };
  const arrays = (np) => names.map((_, k) => np.array(numbers(n, 8 + k)));
  const numpyts = (np) => {
    const made = names.map((_, k) => np.array(Array.from(numbers(n, 8 + k))));
    return {
      run() {
        nt(np, ...made).dispose?.();
        return 0;
      },
      result: () => flat(nt(np, ...made).tolist()),
    };
  };
  const row = { group: "expressions", target: targetOf(n), python: py };
  return [
    { ...row, name: `py: ${text}, ${n}`, ndview: (np) => tag(np, ...arrays(np)), numpyts },
    { ...row, name: `calls: ${text}, ${n}`, ndview: (np) => calls(np, ...arrays(np)) },
    ...(n > 1000 ? [into(text, n, count, ways)] : []),
  ];
}

/** The same into memory that is there: an assignment in one pass, against NumPy's calls with `out`. */
function into(text, n, count, { into: assign, out }) {
  const names = ["x", "y", "z", "w"].slice(0, count);
  const setup = names.map((name, k) => `${name} = ${python(n, 8 + k)}`).join("\n");
  return {
    name: `py: out[...] = ${text}, ${n}`,
    group: "expressions",
    target: targetOf(n),
    python: { setup: `${setup}\nout = np.empty(${n})`, run: out, result: "out" },
    ndview: (np) => {
      const arrays = names.map((_, k) => np.array(numbers(n, 8 + k)));
      return assign(np, np.empty([n]), ...arrays);
    },
  };
}

/** The same in a scope, where operands and results lie in the memory of kernels. */
function inScope(text, n, run) {
  return {
    name: `64 times ${text}, ${n}, in a scope`,
    group: "expressions",
    target: targetOf(n),
    python: { setup: `x = ${python(n, 8)}`, run: `for _ in range(64): e = ${text}`, result: text },
    ndview(np) {
      const x = np.array(numbers(n, 8));
      const bytes = 128 * 8 * n + 65536;
      const options = { bytes: Math.min(bytes, 2 ** 28) };
      const times = (count) =>
        np.scope(() => {
          const own = np.copy(x);
          let e = null;
          for (let k = 0; k < count; k++) np.scope(() => void (e = run(np, own)));
          return count === 1 ? run(np, own) : e === null;
        }, options);
      return {
        run() {
          times(64);
          return 0;
        },
        result: () => times(1),
      };
    },
  };
}

export const expressionCases = SIZES.flatMap((n) => [
  ...expression("(x + 1.5) * 2.5 + 3.5", n, 1, {
    tag: (np, x) => () => np.py`(${x} + ${1.5}) * ${2.5} + ${3.5}`,
    calls: (np, x) => () => np.add(np.multiply(np.add(x, 1.5), 2.5), 3.5),
    into: (np, out, x) => () => np.py`${out}[...] = (${x} + ${1.5}) * ${2.5} + ${3.5}`,
    out: "np.add(np.multiply(np.add(x, 1.5, out=out), 2.5, out=out), 3.5, out=out)",
    nt: (np, x) => np.add(np.multiply(np.add(x, 1.5), 2.5), 3.5),
  }),
  ...expression("(x - 1.5) / 2.5", n, 1, {
    tag: (np, x) => () => np.py`(${x} - ${1.5}) / ${2.5}`,
    calls: (np, x) => () => np.divide(np.subtract(x, 1.5), 2.5),
    into: (np, out, x) => () => np.py`${out}[...] = (${x} - ${1.5}) / ${2.5}`,
    out: "np.divide(np.subtract(x, 1.5, out=out), 2.5, out=out)",
    nt: (np, x) => np.divide(np.subtract(x, 1.5), 2.5),
  }),
  ...expression("(x + y) * z + w", n, 4, {
    tag: (np, x, y, z, w) => () => np.py`(${x} + ${y}) * ${z} + ${w}`,
    calls: (np, x, y, z, w) => () => np.add(np.multiply(np.add(x, y), z), w),
    into: (np, out, x, y, z, w) => () => np.py`${out}[...] = (${x} + ${y}) * ${z} + ${w}`,
    out: "np.add(np.multiply(np.add(x, y, out=out), z, out=out), w, out=out)",
    nt: (np, x, y, z, w) => np.add(np.multiply(np.add(x, y), z), w),
  }),
  ...(n === 16384 || n === 262144
    ? [inScope("(x - 1.5) / 2.5", n, (np, x) => np.py`(${x} - ${1.5}) / ${2.5}`)]
    : []),
]);
