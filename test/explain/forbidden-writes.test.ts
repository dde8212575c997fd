/** Calls that write, where what is read overlaps what is written: a copy that is refused is refused before the first write. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

type Write = (dst: np.NDArray, src: np.NDArray) => unknown;

/** What writes to `dst`, an array of 24 numbers along one axis or several, and reads `src` of the same shape. */
const writes: Readonly<Record<string, Write>> = {
  set: (dst, src) => dst.set("...", src),
  "set a part": (dst, src) => dst.set(["...", "::-1"], src),
  "set a mask": (dst, src) => dst.set(np.greater(src, 7), src.gather(np.greater(src, 7))),
  "set rows": (dst, src) => dst.set([np.asarray(Int32Array.of(0, -1))], src.slice(":2")),
  copyto: (dst, src) => np.copyto(dst, src, { casting: "unsafe" }),
  "copyto where": (dst, src) => np.copyto(dst, 1, { where: np.greater(src, 3) }),
  "copyto cast where": (dst, src) => np.copyto(dst, np.astype(src, "int32"), { where: np.less(src, 9) }),
  "copyto text": (dst, src) => np.copyto(dst, np.astype(src, "U8"), { casting: "unsafe" }),
  fill: (dst, src) => dst.fill(src.slice(...src.shape.map(() => 0))),
  add: (dst, src) => np.add(src, 1, { out: dst, casting: "unsafe" }),
  "add two": (dst, src) => np.add(src, dst, { out: dst, casting: "unsafe" }),
  "add where": (dst, src) => np.add(src, 1, { out: dst, where: np.greater(src, 3), casting: "unsafe" }),
  modf: (dst, src) => np.modf(src, { out: [dst, dst], casting: "unsafe" }),
  "power of integers": (dst, src) => np.power(src, 2n, { out: dst, casting: "unsafe" }),
  cumsum: (dst, src) => np.cumsum(src, { axis: 0, out: dst }),
  "add.at": (dst, src) => np.add.at(dst, [np.asarray(Int32Array.of(0, 1, 0))], src.slice(":3")),
  "a sum": (dst, src) => np.sum(src, { axis: 0, out: dst.slice(0) }),
  clip: (dst, src) => np.clip(src, 2, 9, { out: dst, casting: "unsafe" }),
  round: (dst, src) => np.round(src, { decimals: 1, out: dst }),
  take: (dst, src) =>
    np.take(src, np.asarray(Int32Array.of(...Array(src.shape[0]!).keys())), { axis: 0, out: dst }),
  put: (dst, src) => np.put(dst, np.astype(src, "int32"), src, { mode: "wrap" }),
  place: (dst, src) => np.place(dst, np.greater(src, 3), src),
  putmask: (dst, src) => np.putmask(dst, np.greater(src, 3), src),
  concatenate: (dst, src) => np.concatenate([src.slice("::2"), src.slice("1::2")], { axis: 0, out: dst }),
  "a flat range": (dst, src) => dst.flat.set(":", src),
  byteswap: (dst) => dst.byteswap({ inplace: true }),
  choose: (dst, src) => np.choose(np.zeros(src.shape, "int32"), [src, src], { out: dst }),
};

/** Windows on one buffer of 64 numbers that overlap in different ways. */
const windows: Readonly<Record<string, (a: np.NDArray) => [dst: np.NDArray, src: np.NDArray]>> = {
  "the same": (a) => [a.slice(":24"), a.slice(":24")],
  "one ahead": (a) => [a.slice("1:25"), a.slice(":24")],
  "one behind": (a) => [a.slice(":24"), a.slice("1:25")],
  reversed: (a) => [a.slice(":24"), a.slice("23::-1")],
  stepped: (a) => [a.slice(":24"), a.slice(":48:2")],
  apart: (a) => [a.slice(":24"), a.slice("30:54")],
  transposed: (a) => [a.slice(":16").reshape([4, 4]), a.slice(":16").reshape([4, 4]).T],
  "rows ahead": (a) => [a.slice("6:30").reshape([4, 6]), a.slice(":24").reshape([4, 6])],
  "of itself": (a) => [
    np.asStrided(a, { shape: [6, 4], strides: [16, 8] }),
    a.slice("20:44").reshape([6, 4]),
  ],
  broadcast: (a) => [a.slice(":24").reshape([6, 4]), np.broadcastTo(a.slice("2:6"), [6, 4])],
};

const bytesOf = (a: np.NDArray) => Array.from(new Uint8Array(a.buffer, a.byteOffset, 512));

function outcome(write: Write, window: string): { bytes: number[]; error: string } {
  const a = np.add(np.arange(64), 0.25);
  const [dst, src] = windows[window]!(a);
  try {
    write(dst, src);
    return { bytes: bytesOf(a), error: "" };
  } catch (error) {
    if (!np.isNdError(error)) throw error;
    return { bytes: bytesOf(a), error: error.message };
  }
}

for (const [name, write] of Object.entries(writes)) {
  test(`${name} writes nothing when it would have to copy and may not`, () => {
    const untouched = bytesOf(np.add(np.arange(64), 0.25));
    let done = 0;
    for (const window of Object.keys(windows)) {
      const free = outcome(write, window);
      if (free.error !== "") continue;
      done++;
      const bound = outcome((dst, src) => np.withoutCopies(() => write(dst, src)), window);
      if (bound.error === "") assert.deepEqual(bound.bytes, free.bytes, window);
      else {
        assert.match(bound.error, /^withoutCopies: \S+ would copy/, window);
        assert.deepEqual(bound.bytes, untouched, `${window}: ${bound.error}`);
      }
    }
    assert.ok(done >= 4, `${done} were done`);
  });
}

test("some of these copy, and some need not", () => {
  const refusals = Object.keys(windows).map((window) => {
    const bound = outcome((dst, src) => np.withoutCopies(() => np.add(src, 1, { out: dst })), window);
    return `${window}: ${bound.error !== ""}`;
  });
  assert.deepEqual(refusals, [
    "the same: false",
    "one ahead: true",
    "one behind: true",
    "reversed: true",
    "stepped: true",
    "apart: false",
    "transposed: true",
    "rows ahead: true",
    "of itself: true",
    "broadcast: true",
  ]);
});
