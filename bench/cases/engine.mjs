// Arithmetic: the table that peers are compared in, chains, products, and NumPy's own cases of ufuncs and reductions.

const SIDE = 1000;

function floats(count, scale = 8) {
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = ((k % 97) + 1) / scale;
  return data;
}

const python = (count, scale = 8) => `(np.arange(${count}) % 97 + 1) / ${scale}`;
const flat = (list) => Float64Array.from(list.flat(2));

/** An operand for each library: of `rows` times `cols`, or a line of `rows`. */
function operands(tools, shape, count = 2) {
  return Array.from({ length: count }, (_, k) =>
    tools.make(
      floats(
        shape.reduce((a, b) => a * b),
        8 + k,
      ),
      shape,
    ),
  );
}

const numpyts = (np) => ({ make: (data, shape) => np.array(Array.from(data)).reshape(...shape) });
const tfjs = (tf) => ({ make: (data, shape) => tf.tensor(Float32Array.from(data), shape, "float32") });
const scijs = ({ ndarray }) => ({ make: (data, shape) => ndarray(data, shape) });
const ours = (np) => ({ make: (data, shape) => np.array(data).reshape(shape) });

/**
 * One row of the peers' table. `run.py`, `run.nd` and so on make the operation from operands; results of the peers that
 * own their memory are disposed of where ours go into `out`, and are left to the collector where ours are fresh.
 */
function peerCase(
  name,
  { group = "peers", target, shape, count = 2, py, before = "", result, nd, nt, tf, sj, loop, out },
) {
  const names = ["a", "b", "c", "d"].slice(0, count);
  const size = shape.reduce((a, b) => a * b);
  const setup = names.map((letter, k) => `${letter} = (${python(size, 8 + k)}).reshape(${shape.join(", ")})`);
  const dispose = out ? (x) => x.dispose() : () => {};
  return {
    name,
    group,
    target,
    python: { setup: [...setup, before].filter(Boolean).join("\n"), run: py, ...(result && { result }) },
    ndview: (np) => nd(np, ...operands(ours(np), shape, count)),
    ...(nt && {
      numpyts(np) {
        const made = operands(numpyts(np), shape, count);
        return {
          run() {
            const x = nt(np, ...made);
            if (typeof x === "number") return x;
            dispose(x);
            return 0;
          },
          result() {
            const x = nt(np, ...made);
            return typeof x === "number" ? x : flat(x.tolist());
          },
        };
      },
    }),
    ...(tf && {
      tfjs(lib) {
        const made = operands(tfjs(lib), shape, count);
        return {
          run() {
            const x = tf(lib, ...made);
            x.dispose();
            return 0;
          },
          // It computes in float32, so only the length is compared.
          result: () => null,
        };
      },
    }),
    ...(sj && { scijs: (lib) => sj(lib, ...operands(scijs(lib), shape, count)) }),
    ...(loop && { loop: () => loop(...names.map((_, k) => floats(size, 8 + k))) }),
  };
}

function addLoop(a, b) {
  const to = new Float64Array(a.length);
  for (let k = 0; k < a.length; k++) to[k] = a[k] + b[k];
  return to;
}

function addTargets(n) {
  if (n <= 10) return { out: 0.5, fresh: 0.5, scope: 0.5 };
  if (n <= 1000) return { out: 1.3, fresh: 2, scope: 0.7 };
  if (n <= 16384) return { out: 2.7, fresh: 4, scope: 1 };
  return { out: 1.3, fresh: 1.3, scope: 1.3 };
}

function addCases(n) {
  const shape = [n];
  const targets = addTargets(n);
  return [
    peerCase(`a + b, ${n}`, {
      target: targets.fresh,
      shape,
      py: "a + b",
      nd: (np, a, b) => () => np.add(a, b),
      nt: (np, a, b) => np.add(a, b),
      loop: (a, b) => () => addLoop(a, b),
    }),
    peerCase(`a + b, ${n}, out`, {
      target: targets.out,
      shape,
      before: "o = np.empty_like(a)",
      py: "np.add(a, b, o)",
      nd(np, a, b) {
        const o = np.emptyLike(a);
        return () => np.add(a, b, o);
      },
      nt: (np, a, b) => np.add(a, b),
      tf: (tf, a, b) => tf.add(a, b),
      out: true,
      sj({ ndarray, ops }, a, b) {
        const o = ndarray(new Float64Array(n), [n]);
        return () => (ops.add(o, a, b), o);
      },
      loop(a, b) {
        const o = new Float64Array(n);
        return () => {
          for (let k = 0; k < n; k++) o[k] = a[k] + b[k];
          return o;
        };
      },
    }),
    ...(n < 1000
      ? []
      : [
          peerCase(`a + b, ${n}, out that was shown`, {
            target: targets.out,
            shape,
            before: "o = np.empty_like(a)",
            py: "np.add(a, b, o)",
            nd(np, a, b) {
              const o = np.emptyLike(a);
              // Whoever holds the typed array sees what is written: the array stays in ordinary memory.
              const { data } = o;
              return () => {
                np.add(a, b, o);
                return data[0];
              };
            },
            result: "a[0] + b[0]",
          }),
        ]),
    peerCase(`64 times a + b, ${n}, in a scope`, {
      target: targets.scope,
      shape,
      py: "for _ in range(64): c = a + b",
      result: "a + b",
      nd: (np, a, b) => inScopes(np, [a, b], (p, q) => np.add(p, q)),
    }),
  ];
}

/**
 * 64 operations in one scope whose operands are brought in once. The memory of results is taken back as the body of a loop
 * in a scope of its own has it: every eight results, and large ones each, as NumPy frees one when the next takes its name.
 */
function inScopes(np, operands, operation) {
  const at = operands[0].size > 16384 ? 1 : 8;
  return {
    run: () =>
      np.scope(
        () => {
          const own = operands.map((x) => np.copy(x));
          const body = () => {
            for (let k = 0; k < at; k++) operation(...own);
          };
          for (let k = 0; k < 64; k += at) np.scope(body);
          return 0;
        },
        { bytes: 2 ** 29 },
      ),
    result: () => np.scope(() => operation(...operands.map((x) => np.copy(x)))),
  };
}

/** An operation of one or two matrices, 64 times in a scope: what those have who dispose of results. */
function scopeCase(text, n, count, target, py, operation) {
  return peerCase(`64 times ${text}, in a scope`, {
    target,
    shape: [n, n],
    count,
    py: `for _ in range(64): c = ${py}`,
    result: py,
    nd: (np, ...operands) => inScopes(np, operands, (...own) => operation(np, ...own)),
  });
}

const square = [SIDE, SIDE];

const table = [
  ...[10, 1000, 16384, 100000, 262144, 1000000, 4194304].flatMap(addCases),
  peerCase("a.T + b, 1e6", {
    target: 1,
    shape: square,
    py: "a.T + b",
    nd: (np, a, b) => () => np.add(a.T, b),
    nt: (np, a, b) => np.add(a.T, b),
    loop: (a, b) => () => {
      const to = new Float64Array(a.length);
      for (let i = 0; i < SIDE; i++)
        for (let j = 0; j < SIDE; j++) to[i * SIDE + j] = a[j * SIDE + i] + b[i * SIDE + j];
      return to;
    },
  }),
  peerCase("a.T + b, 1e6, out", {
    target: 1,
    shape: square,
    before: "o = np.empty_like(a)",
    py: "np.add(a.T, b, o)",
    nd(np, a, b) {
      const o = np.emptyLike(a);
      return () => np.add(a.T, b, o);
    },
    nt: (np, a, b) => np.add(a.T, b),
    tf: (tf, a, b) => tf.tidy(() => tf.add(tf.transpose(a), b)),
    out: true,
    sj({ ndarray, ops }, a, b) {
      const o = ndarray(new Float64Array(SIDE * SIDE), square);
      return () => (ops.add(o, a.transpose(1, 0), b), o);
    },
  }),
  ...[0, 1].map((axis) =>
    peerCase(`sum over axis ${axis}, 1000x1000`, {
      target: 1.3,
      shape: square,
      count: 1,
      py: `a.sum(${axis})`,
      nd: (np, a) => () => np.sum(a, axis),
      nt: (np, a) => np.sum(a, axis),
      tf: (tf, a) => tf.sum(a, axis),
      out: true,
      sj({ ndarray, ops }, a) {
        const o = ndarray(new Float64Array(SIDE), [SIDE]);
        return () => {
          for (let k = 0; k < SIDE; k++) o.set(k, ops.sum(axis === 0 ? a.pick(null, k) : a.pick(k, null)));
          return o;
        };
      },
    }),
  ),
  peerCase("sum of all, 1e6", {
    target: 1.3,
    shape: square,
    count: 1,
    py: "a.sum()",
    nd: (np, a) => () => np.sum(a),
    nt: (np, a) => np.sum(a),
    tf: (tf, a) => tf.sum(a),
    out: true,
    sj:
      ({ ops }, a) =>
      () =>
        ops.sum(a),
    loop: (a) => () => a.reduce((x, y) => x + y),
  }),
  scopeCase("a.T + b, 1e6", SIDE, 2, 1, "a.T + b", (np, a, b) => np.add(a.T, b)),
  scopeCase("sum over axis 0, 1000x1000", SIDE, 1, 1.3, "a.sum(0)", (np, a) => np.sum(a, 0)),
  scopeCase("sum over axis 1, 1000x1000", SIDE, 1, 1.3, "a.sum(1)", (np, a) => np.sum(a, 1)),
  scopeCase("matmul, 64", 64, 2, 5, "a @ b", (np, a, b) => np.matmul(a, b)),
  scopeCase("matmul, 512", 512, 2, 5, "a @ b", (np, a, b) => np.matmul(a, b)),
  peerCase("exp, 1e6", {
    target: 3,
    shape: [1e6],
    count: 1,
    before: "a = a / 16",
    py: "np.exp(a)",
    nd(np, a) {
      const x = np.divide(a, 16);
      return () => np.exp(x);
    },
    nt: (np, a) => np.exp((a.sixteenth ??= np.divide(a, 16))),
    loop: (a) => () => a.map((x) => Math.exp(x / 16)),
  }),
  ...[64, 512, 1024].map((n) =>
    peerCase(`matmul, ${n}`, {
      target: 5,
      shape: [n, n],
      py: "a @ b",
      nd: (np, a, b) => () => np.matmul(a, b),
      nt: (np, a, b) => np.matmul(a, b),
      tf: (tf, a, b) => tf.matMul(a, b),
      out: true,
    }),
  ),
  ...[1000, 16384, 1e6].flatMap((n) => [
    peerCase(`(x + b) * c + d, ${n}`, chain(n, n > 16384 ? 1.3 : 4)),
    peerCase(`(x + b) * c + d, ${n}, out`, chain(n, n > 16384 ? 1.3 : 2.7, true)),
    peerCase(`64 times (x + b) * c + d, ${n}, in a scope`, {
      target: n > 16384 ? 1.3 : 1,
      shape: [n],
      count: 4,
      py: "for _ in range(64): e = (a + b) * c + d",
      result: "(a + b) * c + d",
      nd: (np, a, b, c, d) =>
        inScopes(np, [a, b, c, d], (x, y, z, w) => np.add(np.multiply(np.add(x, y), z), w)),
    }),
  ]),
];

function chain(n, target, into = false) {
  return {
    target,
    shape: [n],
    count: 4,
    before: into ? "o = np.empty_like(a)" : "",
    py: into ? "np.add(a, b, o); np.multiply(o, c, o); np.add(o, d, o)" : "(a + b) * c + d",
    ...(into && { result: "o" }),
    nd(np, a, b, c, d) {
      if (!into) return () => np.add(np.multiply(np.add(a, b), c), d);
      const o = np.emptyLike(a);
      return () => np.add(np.multiply(np.add(a, b, o), c, o), d, o);
    },
    nt: (np, a, b, c, d) => np.add(np.multiply(np.add(a, b), c), d),
    ...(into && { tf: (tf, a, b, c, d) => tf.tidy(() => tf.add(tf.mul(tf.add(a, b), c), d)), out: true }),
  };
}

export const peerCases = table;
