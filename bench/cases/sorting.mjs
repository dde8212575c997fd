// Sorting, searching, sets and histograms.
import { scatteredCase } from "./scatter.mjs";

const row = (name, count, rest) => scatteredCase("sorting", name, count, rest);
const typed = (dtype) => `a = r.astype("${dtype}")`;

/** Sort and argsort of one length and dtype; short arrays are copied as `np.sort` does. */
function sortCases(count, dtype) {
  const label = `${count} ${dtype}`;
  const short = count === 10;
  const one = (name, run, nd, target, result) =>
    row(`${name} of ${label}`, count, {
      setup: typed(dtype),
      run,
      result,
      target: short ? 0.5 : target,
      nd: (np, r) => nd(np, r.astype(dtype)),
    });
  // Equal elements may come in any order: what is compared is what the order gives.
  const ordered = (np, a) => ({ run: () => np.argsort(a), result: () => np.take(a, np.argsort(a)) });
  return [
    one("sort", "np.sort(a)", (np, a) => () => np.sort(a), 3),
    one("stable sort", 'np.sort(a, kind="stable")', (np, a) => () => np.sort(a, { kind: "stable" }), 1),
    one("argsort", "np.argsort(a)", ordered, 1.5, "np.take(a, np.argsort(a))"),
  ];
}

export const sortingCases = [
  ...[10, 1000, 1e6].flatMap((count) =>
    ["float64", "float32", "int32", "uint8"].flatMap((dtype) => sortCases(count, dtype)),
  ),
  row("suite: unique of 1e6, 5000 values, int64", 1e6, {
    setup: "a = (r % 5000).astype('i8')",
    run: "np.unique(a)",
    nd: (np, r) => {
      const a = np.remainder(r, 5000).astype("int64");
      return () => np.unique(a);
    },
  }),
  row("unique of 1e6, float64", 1e6, {
    setup: "a = (r % 100000).astype('f8')",
    run: "np.unique(a)",
    nd: (np, r) => {
      const a = np.remainder(r, 100000).astype("float64");
      return () => np.unique(a);
    },
  }),
  row("searchsorted of 1e6 in 1e6", 1e6, {
    setup: "a = r.astype('f8')\ns = np.sort(a)",
    run: "np.searchsorted(s, a)",
    nd: (np, r) => {
      const a = r.astype("float64");
      const s = np.sort(a);
      return () => np.searchsorted(s, a);
    },
  }),
  row("isin of 1e6 in 1000, int32", 1e6, {
    setup: "a = (r % 100000).astype('i4')\nb = a[:1000]",
    run: "np.isin(a, b)",
    nd: (np, r) => {
      const a = np.remainder(r, 100000).astype("int32");
      const b = a.slice(":1000");
      return () => np.isin(a, b);
    },
  }),
  row("histogram of 1e6, 50 bins", 1e6, {
    setup: "a = r.astype('f8')",
    run: "np.histogram(a, 50)[0]",
    nd: (np, r) => {
      const a = r.astype("float64");
      return () => np.histogram(a, 50)[0];
    },
  }),
  row("bincount of 1e6", 1e6, {
    setup: "a = (r % 1000).astype('i8')",
    run: "np.bincount(a)",
    nd: (np, r) => {
      const a = np.remainder(r, 1000).astype("int32");
      return () => np.bincount(a);
    },
  }),
  row("partition of 1e6, float64", 1e6, {
    setup: "a = r.astype('f8')",
    run: "np.partition(a, 500000)[500000:500001]",
    target: 3,
    nd: (np, r) => {
      const a = r.astype("float64");
      return () => np.partition(a, 500000).slice("500000:500001");
    },
  }),
  row("convolve of 1e5 with 101", 1e5, {
    setup: "a = (r % 251).astype('f8')\nb = a[:101]",
    run: "np.convolve(a, b)",
    nd: (np, r) => {
      const a = np.remainder(r, 251).astype("float64");
      const b = a.slice(":101").copy();
      return () => np.convolve(a, b);
    },
  }),
];
