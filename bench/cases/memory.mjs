// Questions about memory.
const X = "x = np.arange(1000)";

export const memoryCases = [
  {
    name: "np.shares_memory(x[::2], x[1::2])",
    python: { setup: `${X}\na, b = x[::2], x[1::2]`, run: "np.shares_memory(a, b)" },
    ndview(np) {
      const x = np.arange(1000);
      const [a, b] = [x.slice("::2"), x.slice("1::2")];
      return () => Number(np.sharesMemory(a, b));
    },
  },
  {
    name: "np.shares_memory of 2 axes, interleaved",
    python: {
      setup: 'x = np.zeros((60, 60), "i1"); a, b = x[::2, ::3], x[::3, 1::2]',
      run: "np.shares_memory(a, b)",
    },
    ndview(np) {
      const x = np.zeros([60, 60], "int8");
      const [a, b] = [x.slice("::2", "::3"), x.slice("::3", "1::2")];
      return () => Number(np.sharesMemory(a, b));
    },
  },
  {
    name: "np.may_share_memory(x, x[::-1])",
    python: { setup: `${X}\na = x[::-1]`, run: "np.may_share_memory(x, a)" },
    ndview(np) {
      const x = np.arange(1000);
      const a = x.slice("::-1");
      return () => Number(np.mayShareMemory(x, a));
    },
  },
  {
    name: "a.flags.c_contiguous",
    python: { setup: `${X}\na = x[::2]`, run: "a.flags.c_contiguous" },
    ndview(np) {
      const a = np.arange(1000).slice("::2");
      return () => Number(a.flags.cContiguous);
    },
  },
  {
    name: "a.shape",
    python: { setup: "a = np.zeros((2, 5))", run: "a.shape", result: "a.shape[1]" },
    ndview(np) {
      const a = np.zeros([2, 5]);
      return { run: () => a.shape, result: () => a.shape[1] };
    },
  },
].map((one) => ({ ...one, group: "memory", target: 1 }));
