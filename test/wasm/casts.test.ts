import assert from "node:assert/strict";
import { test } from "node:test";
import { Complex } from "../../src/dtype/complex.ts";
import { type PlainDType, plain } from "../../src/dtype/table.ts";
import { castKernel } from "../../src/wasm/casts.ts";
import { heap, tilePointer } from "../../src/wasm/memory.ts";
import { Dice } from "../layout/model.ts";

const dtypes = Object.keys(plain) as PlainDType[];
const [IN, OUT] = [tilePointer(0), tilePointer(20)];
const view = () => new DataView(heap.buffer);

const floats = [
  ...[
    0,
    -0,
    Number.NaN,
    Infinity,
    -Infinity,
    0.5,
    -0.5,
    0.99999999999,
    1.5,
    2.5,
    -1,
    127.5,
    128,
    -128.9,
    -129,
  ],
  ...[255, 255.99999999999997, 256, 32767.9, 32768, -32769, 65504, 65519.99, 65520, 65536, 2 ** 24 + 1],
  ...[
    2 ** 31 - 1,
    2 ** 31 - 0.5,
    2 ** 31,
    -(2 ** 31),
    -(2 ** 31) - 0.5,
    -(2 ** 31) - 1,
    2 ** 32 - 1,
    2 ** 32,
  ],
  ...[
    2 ** 51 - 0.5,
    2 ** 51,
    -(2 ** 51),
    2 ** 52 + 1,
    2 ** 53,
    2 ** 63 - 1024,
    2 ** 63,
    -(2 ** 63),
    -(2 ** 63) - 2048,
  ],
  ...[
    2 ** 64 - 2048,
    2 ** 64,
    1e300,
    -1e300,
    5e-324,
    1e-46,
    2 ** -149,
    2 ** -126,
    2 ** -24,
    2 ** -25,
    2 ** -14,
  ],
  ...[
    2 ** -25 * 1.0001,
    2 ** -14 - 2 ** -25,
    1.00048828125,
    1.00048828126,
    1.00048828124,
    3.4028236e38,
    1 / 3,
  ],
];
const longs = [
  ...[
    0n,
    1n,
    -1n,
    127n,
    128n,
    -129n,
    255n,
    256n,
    65535n,
    65536n,
    65520n,
    2n ** 24n + 1n,
    2n ** 31n,
    -(2n ** 31n) - 1n,
  ],
  ...[2n ** 32n - 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 53n + 3n, -(2n ** 53n) - 1n, 2n ** 60n + 2n ** 36n],
  ...[
    2n ** 60n + 2n ** 36n + 1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
    2n ** 62n + 2n ** 38n + 1n,
    2n ** 63n + 2n ** 39n + 1n,
  ],
];

const below = (dice: Dice, n: number) => dice.int(0, n - 1);

function drawn(dice: Dice, { kind, name }: { kind: string; name: string }): unknown {
  if (kind === "b") return below(dice, 2) === 1;
  if (kind === "i" || kind === "u") {
    const long = below(dice, 2) === 0 ? dice.pick(longs) : anyLong(dice);
    return plain[name as PlainDType].access.convert(long, "i");
  }
  const float = () => {
    const pick = below(dice, 4);
    if (pick === 0) return dice.pick(floats);
    if (pick === 1) return below(dice, 100000) - 50000 + below(dice, 1000) / 1000;
    const scratch = new DataView(new ArrayBuffer(8));
    scratch.setBigInt64(0, anyLong(dice));
    if (pick === 2) return scratch.getFloat64(0);
    return (below(dice, 2000) / 1000 - 1) * 2 ** (below(dice, 96) - 30);
  };
  return kind === "c" ? new Complex(float(), float()) : float();
}

function anyLong(dice: Dice): bigint {
  const bits = BigInt.asIntN(
    64,
    (BigInt(below(dice, 2 ** 31)) << 33n) ^ BigInt(below(dice, 2 ** 31)) ^ (BigInt(below(dice, 4)) << 31n),
  );
  return bits >> BigInt(below(dice, 64));
}

function check(from: PlainDType, to: PlainDType, values: readonly unknown[], inPlace = false): void {
  const [source, target] = [plain[from], plain[to]];
  const n = values.length;
  const out = inPlace ? IN : OUT;
  for (let k = 0; k < n; k++) source.access.write(view(), IN + k * source.itemsize, values[k] as never);
  const given = values.map((_, k) => source.access.read(view(), IN + k * source.itemsize));
  heap.u8.fill(0xa5, OUT, OUT + (n + 16) * target.itemsize);
  castKernel(from, to).run(n, IN, out);
  const scratch = new DataView(new ArrayBuffer(16));
  for (let k = 0; k < n; k++) {
    target.access.write(scratch, 0, target.access.convert(given[k] as never, source.kind) as never);
    const wanted = target.access.read(scratch, 0);
    const found = target.access.read(view(), out + k * target.itemsize);
    if (!Object.is(wanted, found))
      assert.deepEqual(found, wanted, `${from} ${given[k]} to ${to}, ${k} of ${n}`);
  }
  if (inPlace) return;
  for (let k = 0; k < 16; k++)
    assert.equal(heap.u8[out + n * target.itemsize + k], 0xa5, `${from} to ${to}, past ${n}`);
}

test("every cast gives what casting one element gives, whatever the element", () => {
  const dice = new Dice(1);
  for (const from of dtypes) {
    for (const to of dtypes) {
      const { kind } = plain[from];
      const special =
        kind === "i" || kind === "u"
          ? longs.map((x) => plain[from].access.convert(x, "i"))
          : kind === "f"
            ? floats
            : [];
      check(from, to, special);
      for (let round = 0; round < 4; round++) {
        check(
          from,
          to,
          Array.from({ length: 300 }, () => drawn(dice, plain[from])),
        );
      }
    }
  }
});

test("a group of elements that are all alike, on either side of a limit, is cast as one of them", () => {
  const limits = [
    2 ** 7,
    2 ** 8,
    2 ** 15,
    2 ** 16,
    2 ** 22,
    2 ** 23,
    2 ** 31,
    2 ** 32,
    2 ** 51,
    2 ** 52,
    2 ** 53,
    2 ** 63,
  ];
  const near = limits.flatMap((x) => [
    x - 1,
    x - 0.5,
    x,
    x + 0.5,
    x + 1,
    x * (1 - 2 ** -24),
    x * (1 + 2 ** -23),
  ]);
  const both = [0, -0, Number.NaN, Infinity, -Infinity, 0.75, ...near].flatMap((x) => [x, -x]);
  const wholes = limits.flatMap((x) => [-1n, 0n, 1n].flatMap((d) => [BigInt(x) + d, -BigInt(x) + d]));
  for (const from of dtypes) {
    const { kind, access } = plain[from];
    const values: unknown[] =
      kind === "i" || kind === "u"
        ? wholes.map((x) => access.convert(x, "i"))
        : kind === "c"
          ? both.map((x) => new Complex(x, 1e300))
          : kind === "b"
            ? [false, true]
            : both;
    for (const to of dtypes) for (const x of values) check(from, to, new Array(16).fill(x));
  }
});

test("a cast does n elements and no more", () => {
  const dice = new Dice(2);
  for (const from of dtypes) {
    for (const to of dtypes) {
      for (const n of [0, 1, 2, 15, 16, 17, 33, 1024, 1025, 2049]) {
        check(
          from,
          to,
          Array.from({ length: n }, () => plain[from].access.convert(below(dice, 100), "f")),
        );
      }
    }
  }
});

test("elements that do not become larger may be cast where they are", () => {
  const dice = new Dice(3);
  for (const from of dtypes) {
    for (const to of dtypes) {
      if (plain[to].itemsize > plain[from].itemsize) continue;
      check(
        from,
        to,
        Array.from({ length: 100 }, () => drawn(dice, plain[from])),
        true,
      );
    }
  }
});

test("every float16 becomes a float32 and comes back", () => {
  for (let start = 0; start < 65536; start += 1024) {
    for (let k = 0; k < 1024; k++) heap.u16[IN / 2 + k] = start + k;
    castKernel("float16", "float32").run(1024, IN, OUT);
    for (let k = 0; k < 1024; k++) {
      const wanted = plain.float16.access.read(view(), IN + 2 * k);
      assert.ok(Object.is(heap.f32[OUT / 4 + k], wanted), `${start + k}`);
    }
    castKernel("float32", "float16").run(1024, OUT, IN);
    for (let k = 0; k < 1024; k++) {
      assert.equal(heap.u16[IN / 2 + k], start + k, "a NaN keeps its bits, too");
    }
  }
});
