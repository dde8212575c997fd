// Numbers that look random and are the same in Python and JavaScript.

/** `count` integers of 32 bits, in no order. */
export function scattered(count) {
  const data = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    let x = Math.imul(k + 1, 2654435761);
    x = Math.imul(x ^ (x >>> 15), 2246822519);
    data[k] = x ^ (x >>> 13);
  }
  return data;
}

/** The same in Python, as the variable `r`. */
export const scatteredIn = (count) =>
  [
    `r = np.arange(1, ${count} + 1, dtype="uint32") * np.uint32(2654435761)`,
    "r = (r ^ (r >> np.uint32(15))) * np.uint32(2246822519)",
    "r = r ^ (r >> np.uint32(13))",
  ].join("\n");

/** A case over such numbers: `nd(np, r)` makes ready, `setup` and `run` are Python's part. */
export function scatteredCase(group, name, count, { setup = "", run, result, nd, target = 1, ...others }) {
  return {
    name,
    group,
    target,
    python: { setup: `${scatteredIn(count)}\n${setup}`, run, ...(result && { result }) },
    ndview: (np) => nd(np, np.array(scattered(count))),
    ...others,
  };
}
