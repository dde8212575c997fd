import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { skip } from "./against-numpy.ts";

const plain = { bartlett: np.bartlett, blackman: np.blackman, hamming: np.hamming, hanning: np.hanning };

test("windows of no point, of one, and of a few", () => {
  for (const window of Object.values(plain)) {
    assert.deepEqual(window(0).shape, [0]);
    assert.deepEqual(window(-3).shape, [0]);
    assert.deepEqual(window(1).tolist(), [1]);
    assert.deepEqual(window(4n).shape, [4]);
    assert.equal(window(3).dtype.name, "float64");
    assert.throws(() => window(Number.NaN), np.ValueError);
    assert.throws(() => window(2 ** 60), np.NdError);
  }
  assert.deepEqual(np.kaiser(0, 5).shape, [0]);
  assert.deepEqual(np.kaiser(1, 5).tolist(), [1]);
  assert.deepEqual(np.kaiser(3, 0).tolist(), [1, 1, 1]);
  assert.throws(() => np.kaiser(3, null as never), /kaiser: beta null is not a number/);
  assert.deepEqual(np.bartlett(5).tolist(), [0, 0.5, 1, 0.5, 0]);
});

const program = `
import json
import numpy as np
np.seterr(all="ignore")
points = [*range(-2, 130), 2.5, 7.3, 1000]
lines = [[f(m).tolist() for f in (np.bartlett, np.blackman, np.hamming, np.hanning)] for m in points]
for line, m in zip(lines, points):
    line.extend(np.kaiser(m, beta).tolist() for beta in (0.0, 5, 8.6, -14, 40))
print(json.dumps([points, lines]))
`;

test("windows are NumPy's but for the last bits of cosines", { skip }, () => {
  const { stdout } = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-c", program], {
    maxBuffer: 2 ** 28,
  });
  const [points, lines] = JSON.parse(String(stdout).replaceAll("NaN", "null")) as [
    number[],
    (number | null)[][][],
  ];
  for (const [i, m] of points.entries()) {
    const ours = [
      ...Object.values(plain).map((window) => window(m)),
      ...[0, 5, 8.6, -14, 40].map((beta) => np.kaiser(m, beta)),
    ];
    for (const [j, line] of ours.entries()) {
      const wanted = lines[i]![j]!;
      assert.equal(line.size, wanted.length);
      for (const [k, value] of (line.tolist() as number[]).entries()) {
        const other = wanted[k] ?? Number.NaN;
        const off = Math.abs(value - other);
        // The weights are sums around 1, and those of Kaiser quotients.
        assert.ok(
          Object.is(value, other) || off <= 2.3e-16 * (j < 4 ? 1 : 2),
          `${m} ${j} ${k}: ${value} ${other}`,
        );
        if (j === 0) assert.equal(value, other);
      }
    }
  }
});
