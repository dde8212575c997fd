import * as np from "../../src/index.ts";

const whole = (a: np.NDArray) => np.zeros(a.shape, a.dtype);

/** Joining, repeating, padding and moving elements. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  append: (a) => np.append(a, a, -1),
  block: (a) => np.block([[a, a], [np.block([a, a])]]),
  columnStack: (a) => np.columnStack([a, a]),
  concat: (a) => np.concat([a, whole(a)], null),
  concatenate: (a) => [
    np.concatenate([a, a], -1),
    np.concatenate([a, a], { out: np.concatenate([a, whole(a)]) }),
  ],
  convolve: (a) => np.convolve(np.ravel(a).slice("::2"), np.ravel(a), "same"),
  correlate: (a) => np.correlate(np.ravel(a).slice("::-1"), np.ravel(a), "full"),
  delete: (a) => [np.delete(a, 1, -1), np.delete(a, [0, 2]), np.delete(a, "::2", -1)],
  dstack: (a) => np.dstack([a, a]),
  hstack: (a) => np.hstack([a, a]),
  insert: (a) => [np.insert(a, 1, a.slice("...", 0), -1), np.insert(a, [0, 2, 2], np.ravel(a).slice(":3"))],
  packbits: (a) => [np.packbits(a), np.packbits(a, { axis: 0, bitorder: "little" })],
  pad: (a) => [np.pad(a, 1, "edge"), np.pad(a, [2, 3], "wrap"), np.pad(a, [3, 1], "reflect")],
  repeat: (a) => [np.repeat(a, 2), np.repeat(a, 3, -1)],
  resize: (a) => np.resize(a, [5, 7]),
  roll: (a) => [np.roll(a, 3), np.roll(a, [1, -1], [0, -1])],
  stack: (a) => [np.stack([a, a]), np.stack([a, whole(a)], -1)],
  tile: (a) => np.tile(a, [2, 1, 3]),
  tril: (a) => np.tril(a),
  triu: (a) => np.triu(a, 1),
  trimZeros: (a) => np.trimZeros(a),
  unpackbits: (a) => [np.unpackbits(a), np.unpackbits(a, { axis: -1, bitorder: "little", count: 13 })],
  vstack: (a) => np.vstack([a, a]),
  ".repeat": (a) => a.repeat(2, 0),
};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
