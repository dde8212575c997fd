// Printing.
const X = "(np.arange(1000) * 0.37 - 100)";

function textCase(name, python, ndview) {
  return {
    name,
    group: "print",
    target: 1,
    python: { setup: `a = ${python}`, run: "str(a)" },
    ndview(np) {
      const a = ndview(np);
      return () => String(a);
    },
  };
}

const floats = (np) => np.array(Array.from({ length: 1000 }, (_, k) => k * 0.37 - 100));

export const textCases = [
  textCase("str of 1000 float64", X, floats),
  textCase("str of 1000 int64", "np.arange(1000)", (np) => np.arange(1000, "int64")),
  textCase("str of 10x10 float64", `${X}[:100].reshape(10, 10)`, (np) =>
    floats(np).slice(":100").reshape([10, 10]),
  ),
  textCase("str of 1e6 float64, summarised", "np.arange(1e6).reshape(1000, 1000)", (np) =>
    np.arange(1e6, "float64").reshape([1000, 1000]),
  ),
];
