import assert from "node:assert/strict";
import { test } from "node:test";
import type { Layout } from "../../src/layout/layout.ts";
import { boundsOverlap, findOverlap, overlap, selfOverlap } from "../../src/layout/overlap.ts";

const EXACT = -1;
const GiB = 2 ** 30;
const MAX = Number.MAX_SAFE_INTEGER;

/** A layout and the itemsize of what it holds. */
interface View {
  readonly layout: Layout;
  readonly itemsize: number;
}

function view(itemsize: number, shape: number[], strides: number[], offset = 0): View {
  return { layout: { shape, strides, offset }, itemsize };
}

function sharing(a: View, b: View, maxWork: number) {
  return overlap(a.layout, a.itemsize, b.layout, b.itemsize, maxWork);
}

/** A small generator of pseudorandom integers, so that every run sees the same cases. */
function randomIntegers(seed: number) {
  let state = seed;
  const fraction = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
}

/** The addresses of the elements, counted in bigint, index by index. */
function addresses({ layout: { shape, strides, offset } }: View): bigint[] {
  let found = [BigInt(offset)];
  for (let k = 0; k < shape.length; k++) {
    const steps = Array.from({ length: shape[k]! }, (_, i) => BigInt(i) * BigInt(strides[k]!));
    found = found.flatMap((address) => steps.map((step) => address + step));
  }
  return found;
}

function overlapByHand(a: View, b: View): "yes" | "no" {
  const others = addresses(b);
  const [sizeA, sizeB] = [BigInt(a.itemsize), BigInt(b.itemsize)];
  return addresses(a).some((x) => others.some((y) => x < y + sizeB && y < x + sizeA)) ? "yes" : "no";
}

function selfOverlapByHand(a: View): "yes" | "no" {
  const sorted = addresses(a).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
  return sorted.some((x, k) => k > 0 && x - sorted[k - 1]! < a.itemsize) ? "yes" : "no";
}

/** Checks that a witness lies in both views. */
function assertWitness(a: View, b: View, maxWork = EXACT): void {
  const found = findOverlap(a.layout, a.itemsize, b.layout, b.itemsize, maxWork);
  assert.ok(typeof found === "object", `no witness for ${JSON.stringify([a, b])}`);
  for (const [{ layout, itemsize }, index] of [[a, found.a] as const, [b, found.b] as const]) {
    assert.equal(index.length, layout.shape.length);
    assert.ok(index.every((i, k) => i >= 0 && i < layout.shape[k]!));
    const start = index.reduce((sum, i, k) => sum + i * layout.strides[k]!, layout.offset);
    assert.ok(start <= found.address && found.address < start + itemsize);
  }
}

// Views of x = 100 float64 and of m = 10 x 12 float64, both at address 0, unless said otherwise.
const facts: [name: string, a: View, b: View, shares: "yes" | "no"][] = [
  ["x and x", view(8, [100], [8]), view(8, [100], [8]), "yes"],
  ["x[:50] and x[50:]", view(8, [50], [8]), view(8, [50], [8], 400), "no"],
  ["x[:51] and x[50:]", view(8, [51], [8]), view(8, [50], [8], 400), "yes"],
  ["x[::2] and x[1::2]", view(8, [50], [16]), view(8, [50], [16], 8), "no"],
  ["x[::2] and x[1::2][::-1]", view(8, [50], [16]), view(8, [50], [-16], 792), "no"],
  ["x[::2] and x[::3]", view(8, [50], [16]), view(8, [34], [24]), "yes"],
  ["x[::6] and x[3::4]", view(8, [17], [48]), view(8, [25], [32], 24), "no"],
  ["x[1::6] and x[3::4]", view(8, [17], [48], 8), view(8, [25], [32], 24), "yes"],
  ["x and x[::-1]", view(8, [100], [8]), view(8, [100], [-8], 792), "yes"],
  ["x[:50] and x[:49:-1]", view(8, [50], [8]), view(8, [50], [-8], 792), "no"],
  ["x[0:0] and x", view(8, [0], [8]), view(8, [100], [8]), "no"],
  ["x and x[5, None][:, :0]", view(8, [100], [8]), view(8, [1, 0], [0, 8], 40), "no"],
  ["x and the scalar view x[7]", view(8, [100], [8]), view(8, [], [], 56), "yes"],
  ["x[::2] and the scalar view x[7]", view(8, [50], [16]), view(8, [], [], 56), "no"],
  ["x[3] and its bytes 4 to 7", view(8, [], [], 24), view(1, [4], [1], 28), "yes"],
  ["x[::2] and bytes of x[1]", view(8, [50], [16]), view(1, [8], [1], 8), "no"],
  ["elements without bytes", view(0, [100], [8]), view(8, [100], [8]), "no"],
  ["m and m.T", view(8, [10, 12], [96, 8]), view(8, [12, 10], [8, 96]), "yes"],
  ["m and m[:, ::-1]", view(8, [10, 12], [96, 8]), view(8, [10, 12], [96, -8], 88), "yes"],
  ["m[:, ::2] and m[:, 1::2]", view(8, [10, 6], [96, 16]), view(8, [10, 6], [96, 16], 8), "no"],
  ["m[:, ::2] and m[:, 1::2].T", view(8, [10, 6], [96, 16]), view(8, [6, 10], [16, 96], 8), "no"],
  ["m[:, ::5] and m[:, 1::5]", view(8, [10, 3], [96, 40]), view(8, [10, 3], [96, 40], 8), "no"],
  ["m[:, :6] and m[:, 6:]", view(8, [10, 6], [96, 8]), view(8, [10, 6], [96, 8], 48), "no"],
  ["m[:, :7] and m[:, 6:]", view(8, [10, 7], [96, 8]), view(8, [10, 6], [96, 8], 48), "yes"],
  ["m[::2] and m[1::2]", view(8, [5, 12], [192, 8]), view(8, [5, 12], [192, 8], 96), "no"],
  ["m[::2, ::2] and m[::3, 1::2]", view(8, [5, 6], [192, 16]), view(8, [4, 6], [288, 16], 8), "no"],
  ["m[::2, ::2] and m[::3, 1::3]", view(8, [5, 6], [192, 16]), view(8, [4, 4], [288, 24], 8), "yes"],
  ["windows side by side", view(8, [4, 4], [96, 8]), view(8, [4, 4], [96, 8], 3 * 96 + 32), "no"],
  ["windows with a common corner", view(8, [4, 4], [96, 8]), view(8, [4, 4], [96, 8], 3 * 96 + 24), "yes"],
  ["the diagonal and the first upper one", view(8, [10], [104]), view(8, [10], [104], 8), "no"],
  ["the diagonal and row 3", view(8, [10], [104]), view(8, [12], [8], 288), "yes"],
  ["the diagonal and m[3, 4:]", view(8, [10], [104]), view(8, [8], [8], 320), "no"],
  ["a broadcast row and that row", view(8, [5, 12], [0, 8], 96), view(8, [12], [8], 96), "yes"],
  ["a broadcast row and the next", view(8, [5, 12], [0, 8], 96), view(8, [12], [8], 192), "no"],
  ["fields f0 (f8) and f1 (i4) of 12 bytes", view(8, [50], [12]), view(4, [50], [12], 8), "no"],
  ["field f1 and the whole records", view(4, [50], [12], 8), view(12, [50], [12]), "yes"],
  ["overlapping fields", view(8, [50], [12]), view(4, [50], [12], 7), "yes"],
  ["real and imag of complex128", view(8, [10, 5], [80, 16]), view(8, [10, 5], [80, 16], 8), "no"],
  ["real and its transpose's imag", view(8, [10, 5], [80, 16]), view(8, [5, 10], [16, 80], 8), "no"],
  ["even and odd bytes", view(1, [400], [2]), view(1, [400], [-2], 799), "no"],
  ["strides not multiples of the itemsize", view(4, [9], [7]), view(3, [9], [7], 4), "no"],
  ["the same, a byte lower", view(4, [9], [7]), view(3, [9], [7], 3), "yes"],
];

for (const [name, a, b, shares] of facts) {
  test(`${name} ${shares === "yes" ? "share memory" : "do not share memory"}, wherever they are`, () => {
    for (const shift of [0, 1, 5 * GiB + 3, 2 ** 52]) {
      const [p, q] = [a, b].map(({ layout, itemsize }) => ({
        layout: { ...layout, offset: layout.offset + shift },
        itemsize,
      })) as [View, View];
      for (const maxWork of [1, 100, EXACT]) {
        assert.equal(sharing(p, q, maxWork), shares);
        assert.equal(sharing(q, p, maxWork), shares);
      }
      if (shares === "yes") assertWitness(p, q);
      else assert.equal(findOverlap(p.layout, p.itemsize, q.layout, q.itemsize, EXACT), "no");
    }
  });
}

test("with no work allowed only the bounds are compared", () => {
  for (const [name, a, b, shares] of facts) {
    const meet = boundsOverlap(a.layout, a.itemsize, b.layout, b.itemsize);
    assert.equal(sharing(a, b, 0), meet ? "too hard" : "no", name);
    if (shares === "yes") assert.ok(meet, name);
  }
  assert.ok(boundsOverlap(view(8, [50], [16]).layout, 8, view(8, [50], [16], 8).layout, 8));
  assert.ok(!boundsOverlap(view(8, [50], [8]).layout, 8, view(8, [50], [8], 400).layout, 8));
  assert.ok(!boundsOverlap(view(8, [0], [8]).layout, 8, view(8, [0], [8]).layout, 8));
});

const selfFacts: [name: string, a: View, repeats: "yes" | "no"][] = [
  ["a scalar", view(8, [], []), "no"],
  ["a dense array", view(8, [10, 12], [96, 8]), "no"],
  ["a transposed one", view(8, [12, 10], [8, 96]), "no"],
  ["a reversed and stepped one", view(8, [5, 4], [-192, 24], 800), "no"],
  ["one with a 0 stride of length 1", view(8, [1, 12], [0, 8]), "no"],
  ["a broadcast row", view(8, [2, 12], [0, 8]), "yes"],
  ["an empty broadcast", view(8, [2, 0], [0, 8]), "no"],
  ["a sliding window", view(8, [98, 3], [8, 8]), "yes"],
  ["a sliding window that moves by its width", view(8, [30, 3], [24, 8]), "no"],
  ["neighbours that share bytes", view(8, [10], [7]), "yes"],
  ["neighbours that share bytes backwards", view(8, [10], [-7], 100), "yes"],
  ["packed fields of odd records", view(4, [10, 2], [13, 6]), "no"],
  ["two axes that never meet, by parity", view(1, [3, 3], [2, 3]), "no"],
  ["two axes that meet far out", view(1, [4, 3], [2, 3]), "yes"],
  ["elements without bytes", view(0, [2, 2], [0, 0]), "no"],
  ["a diagonal with a second axis along it", view(8, [5, 5], [104, 104]), "yes"],
  ["a skewed window", view(8, [6, 12], [88, 8]), "yes"],
];

for (const [name, { layout, itemsize }, repeats] of selfFacts) {
  test(`${name} ${repeats === "yes" ? "reaches a byte twice" : "reaches every byte once"}`, () => {
    for (const maxWork of [1, EXACT]) assert.equal(selfOverlap(layout, itemsize, maxWork), repeats);
    const cheap = selfOverlap(layout, itemsize, 0);
    assert.ok(cheap === repeats || cheap === "too hard");
  });
}

test("dense, stepped and 0-stride layouts need no work to be compared with themselves", () => {
  assert.equal(selfOverlap(view(8, [10, 12], [96, 8]).layout, 8, 0), "no");
  assert.equal(selfOverlap(view(8, [4, 5], [24, -192], 800).layout, 8, 0), "no");
  assert.equal(selfOverlap(view(8, [2, 12], [0, 8]).layout, 8, 0), "yes");
  assert.equal(selfOverlap(view(1, [3, 3], [2, 3]).layout, 1, 0), "too hard");
});

/** A small layout whose strides are any integers, multiples of the itemsize, or both mixed. */
function randomView(integer: (low: number, high: number) => number): View {
  const itemsize = integer(1, 17);
  const axes = Array.from({ length: integer(0, 4) }, () => {
    const stride = [integer(-40, 40), integer(-9, 9) * itemsize, integer(-400, 400)][integer(0, 2)]!;
    return { length: integer(0, 40) === 0 ? 0 : integer(1, 4), stride };
  });
  const shape = axes.map((axis) => axis.length);
  const strides = axes.map((axis) => axis.stride);
  return view(itemsize, shape, strides, 5000 + integer(0, 600));
}

test("random layouts agree with the list of all addresses, under every cap", () => {
  const integer = randomIntegers(1);
  const seen = { yes: 0, no: 0, undecided: 0 };
  for (let round = 0; round < 4000; round++) {
    const [a, b] = [randomView(integer), randomView(integer)];
    const expected = overlapByHand(a, b);
    assert.equal(sharing(a, b, EXACT), expected, JSON.stringify([a, b]));
    const capped = sharing(a, b, 1);
    assert.ok(capped === expected || capped === "too hard", JSON.stringify([a, b]));
    if (expected === "yes") assertWitness(a, b);
    seen[expected]++;
    if (capped === "too hard") seen.undecided++;
  }
  assert.ok(seen.yes > 500 && seen.no > 500 && seen.undecided > 50, JSON.stringify(seen));
});

test("random layouts compared with themselves agree with the list of all addresses", () => {
  const integer = randomIntegers(2);
  const seen = { yes: 0, no: 0 };
  for (let round = 0; round < 6000; round++) {
    const a = randomView(integer);
    const expected = selfOverlapByHand(a);
    assert.equal(selfOverlap(a.layout, a.itemsize, EXACT), expected, JSON.stringify(a));
    for (const maxWork of [0, 1]) {
      const capped = selfOverlap(a.layout, a.itemsize, maxWork);
      assert.ok(capped === expected || capped === "too hard", JSON.stringify(a));
    }
    seen[expected]++;
  }
  assert.ok(seen.yes > 1000 && seen.no > 1000, JSON.stringify(seen));
});

test("views of one array with the same step along each axis are settled without a search", () => {
  const integer = randomIntegers(3);
  const seen = { yes: 0, no: 0 };
  for (let round = 0; round < 3000; round++) {
    const base = Array.from({ length: integer(1, 4) }, () => integer(2, 30));
    const steps = base.map(() => integer(1, 5));
    const pitch = base.map((_, k) => base.slice(k + 1).reduce((product, n) => product * n, 8));
    const slice = (): View => {
      const starts = base.map((n) => integer(0, Math.min(n - 1, 6)));
      const shape = base.map((n, k) => Math.ceil((n - starts[k]!) / steps[k]!));
      const offset = starts.reduce((sum, start, k) => sum + start * pitch[k]!, 2 ** 40);
      return view(
        8,
        shape,
        pitch.map((p, k) => p * steps[k]!),
        offset,
      );
    };
    const answer = sharing(slice(), slice(), 1);
    assert.notEqual(answer, "too hard");
    seen[answer as "yes" | "no"]++;
  }
  assert.ok(seen.yes > 500 && seen.no > 500, JSON.stringify(seen));
});

const p = 2 ** 26 + 1;
const q = 2 ** 26 - 1;
const n = 2 ** 25;
const hugeFacts: [name: string, a: View, b: View, shares: "yes" | "no"][] = [
  ["even and odd of 2^31", view(8, [2 ** 31], [16]), view(8, [2 ** 31], [16], 8), "no"],
  ["every 3rd and 5th of 2^31", view(1, [2 ** 31], [3]), view(1, [2 ** 31], [5], 2 ** 32), "yes"],
  [
    "half a stride apart",
    view(8, [2 ** 31 - 1], [2 ** 22]),
    view(8, [2 ** 31 - 1], [2 ** 22], 2 ** 21),
    "no",
  ],
  ["8 bytes apart", view(8, [2 ** 31 - 1], [2 ** 22]), view(9, [2 ** 31 - 1], [2 ** 22], 2 ** 22 - 8), "yes"],
  ["a stride of 2^52, hit", view(8, [2], [2 ** 52]), view(1, [9], [1], 2 ** 52 - 8), "yes"],
  ["a stride of 2^52, missed", view(8, [2], [2 ** 52]), view(1, [9], [1], 2 ** 52 - 9), "no"],
  ["a stride of -2^52, hit", view(8, [2], [-(2 ** 52)], 2 ** 52), view(1, [], [], 7), "yes"],
  ["the last bytes of all", view(8, [2], [MAX - 8]), view(4, [2], [-(MAX - 12)], MAX - 8), "yes"],
  ["just before them", view(4, [2], [MAX - 4]), view(4, [2], [MAX - 12], 4), "no"],
  // x·p and offset + y·q meet for one pair (x, y) modulo (q, p): here within the bounds, here outside.
  ["coprime strides, hit", view(1, [n], [p]), view(1, [n], [q], p * (n - 1) - q * 5), "yes"],
  ["coprime strides, one past", view(1, [n], [p]), view(1, [n], [q], p * n - q * 5), "no"],
  ["coprime strides, one byte off", view(1, [n], [p]), view(1, [n], [q], p * (n - 1) - q * 5 + 1), "no"],
];

for (const [name, a, b, shares] of hugeFacts) {
  test(`huge layouts (${name}) ${shares === "yes" ? "share memory" : "do not share memory"}`, () => {
    for (const maxWork of [1, EXACT]) {
      assert.equal(sharing(a, b, maxWork), shares);
      assert.equal(sharing(b, a, maxWork), shares);
    }
    if (shares === "yes") assertWitness(a, b);
  });
}

test("huge layouts are compared with themselves exactly", () => {
  const steps = (itemsize: number, shape: number[], strides: number[]) =>
    selfOverlap(view(itemsize, shape, strides).layout, itemsize, EXACT);
  assert.equal(steps(1, [2 ** 31, 2], [2 ** 21, 2 ** 52]), "no");
  assert.equal(steps(1, [2 ** 31, 2], [2 ** 21, 2 ** 52 - 2 ** 21]), "yes");
  assert.equal(steps(1, [2 ** 31, 2], [3, 2 ** 32]), "no");
  assert.equal(steps(2, [2 ** 31, 2], [3, 2 ** 32]), "yes");
  assert.equal(steps(1, [n, n], [p, q]), "no");
  assert.equal(steps(2, [n, n], [p, q]), "no");
  assert.equal(steps(3, [n, n], [p, q]), "yes");
});

test("random layouts near 2^53 agree with the list of all addresses", () => {
  const integer = randomIntegers(4);
  const top = [2 ** 33, 2 ** 50, 2 ** 51, 2 ** 52, MAX];
  const far = (): number => (integer(0, 2) === 0 ? integer(0, 40) : top[integer(0, 4)]! - integer(0, 40));
  const random = (): View => {
    const shape = Array.from({ length: integer(0, 3) }, () => integer(1, 3));
    const strides = shape.map(() => (integer(0, 2) === 0 ? -far() : far()));
    return view(integer(1, 17), shape, strides, far());
  };
  const seen = { yes: 0, no: 0, "too hard": 0 };
  for (let round = 0; round < 6000; round++) {
    const [a, b] = [random(), random()];
    const answer = sharing(a, b, EXACT);
    const inside = [...addresses(a), ...addresses(b)].every((x) => x >= 0n && x < 2n ** 53n - 17n);
    seen[answer]++;
    if (answer === "too hard") assert.ok(!inside, JSON.stringify([a, b]));
    else assert.equal(answer, overlapByHand(a, b), JSON.stringify([a, b]));
    const own = selfOverlap(a.layout, a.itemsize, EXACT);
    if (own === "too hard") assert.ok(!inside, JSON.stringify(a));
    else assert.equal(own, selfOverlapByHand(a), JSON.stringify(a));
  }
  assert.ok(seen.yes > 300 && seen.no > 1000 && seen["too hard"] > 10, JSON.stringify(seen));
});

test("layouts that no buffer can hold are not compared with rounded addresses", () => {
  // The lowest byte of the first is at -(2^52) - 5; in doubles it would come out one lower.
  const a = view(1, [4], [-(2 ** 52) - 1], MAX - 1);
  const [hit, missed] = [view(1, [], [], -(2 ** 52) - 5), view(1, [], [], -(2 ** 52) - 6)];
  assert.equal(sharing(a, hit, EXACT), "yes");
  assert.equal(sharing(a, missed, EXACT), "no");
  assert.equal(findOverlap(a.layout, 1, hit.layout, 1, EXACT), "too hard");
  assert.equal(findOverlap(a.layout, 1, missed.layout, 1, EXACT), "no");
  const b = view(8, [2 ** 31, 9], [MAX, MAX]);
  assert.equal(sharing(b, view(8, [9, 2 ** 31], [MAX, 1 - MAX]), EXACT), "yes");
});

test("where addresses pass 2^53 on both sides the answer is too hard, at once", () => {
  const a = view(8, [2 ** 31, 2 ** 31], [MAX, MAX - 2]);
  const b = view(8, [2 ** 31, 2 ** 31], [MAX - 6, -MAX], 24);
  assert.equal(sharing(a, b, EXACT), "too hard");
  assert.equal(selfOverlap(a.layout, 8, EXACT), "too hard");
  assert.ok(boundsOverlap(a.layout, 8, b.layout, 8));
  assert.ok(!boundsOverlap(view(1, [2], [MAX], MAX).layout, 1, view(1, [2], [-MAX], MAX - 1).layout, 1));
  assert.ok(boundsOverlap(view(2, [2], [MAX], MAX).layout, 1, view(2, [2], [-MAX], MAX - 1).layout, 2));
});
