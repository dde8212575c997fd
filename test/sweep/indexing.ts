import * as np from "../../src/index.ts";

/** Every other element of the first axis, and the last one again. */
const some = (a: np.NDArray): np.NDArray => np.array([0n, -1n, 0n].slice(0, a.shape[0] === 1 ? 1 : 3));

const into = (a: np.NDArray, write: (target: np.NDArray) => void): np.NDArray => {
  const target = np.zeros(a.shape, a.dtype);
  write(target);
  return target;
};

/** A mask of as many elements as an array has, in C order. */
const every = (a: np.NDArray, step: number): np.NDArray =>
  np.array(Array.from({ length: a.size }, (_, k) => k % step === 0)).reshape(a.shape);

/** Reading and writing through arrays of indices and masks. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  argwhere: (a) => np.argwhere(a),
  choose: (a) =>
    np.choose(np.array([0, 1, 1, 0], "int8").slice(`:${a.shape.at(-1) ?? 1}`), [a, a.slice("::-1")]),
  compress: (a) => np.compress([true, false, true], a, -1),
  extract: (a) => np.extract(every(a, 2), a),
  flatnonzero: (a) => np.flatnonzero(a),
  gather: (a) => np.gather(a, ["...", some(a.T)]),
  nonzero: (a) => np.nonzero(a),
  place: (a) => into(a, (target) => np.place(target, every(a, 3), a)),
  put: (a) => into(a, (target) => np.put(target, some(np.flatten(a)), a)),
  putAlongAxis: (a) => into(a, (target) => np.putAlongAxis(target, np.zeros(a.shape, "uint8"), a, 0)),
  putmask: (a) => into(a, (target) => np.putmask(target, every(a, 2), a)),
  select: (a) => np.select([every(a, 2)], [a], a.slice("...", "::-1")),
  take: (a) => np.take(a, [[0, 1]], { axis: -1, mode: "wrap" }),
  takeAlongAxis: (a) => np.takeAlongAxis(a, np.zeros(a.shape, "int16"), -1),
  ".choose": (a) => np.zeros(a.shape, "int8").choose([a]),
  ".compress": (a) => a.compress([true, false]),
  ".gather": (a) => a.gather(every(a, 2)),
  ".nonzero": (a) => a.nonzero(),
  ".put": (a) => into(a, (target) => target.put([0, 3, -1], a, "clip")),
  ".take": (a) => a.take([-1, 0, 2]),
};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
