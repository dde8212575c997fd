import assert from "node:assert/strict";
import { test } from "node:test";
import { fromFloat16 } from "../../src/dtype/float16.ts";
import { finfo, iinfo } from "../../src/dtype/limits.ts";
import { plain } from "../../src/dtype/table.ts";

// NumPy 2.4: bits, nexp, nmant, maxexp, minexp, machep, negep, precision
const FLOATS = [
  ["float16", 16, 5, 10, 16, -14, -10, -11, 3],
  ["float32", 32, 8, 23, 128, -126, -23, -24, 6],
  ["float64", 64, 11, 52, 1024, -1022, -52, -53, 15],
] as const;

test("finfo has NumPy's numbers", () => {
  for (const [name, ...facts] of FLOATS) {
    const f = finfo(name);
    assert.deepEqual([f.bits, f.nexp, f.nmant, f.maxexp, f.minexp, f.machep, f.negep, f.precision], facts);
    assert.deepEqual([f.dtype, f.iexp, f.min, f.tiny], [plain[name], f.nexp, -f.max, f.smallestNormal]);
    assert.equal(f.epsneg, f.eps / 2);
  }
  assert.deepEqual(
    [finfo("f2").max, finfo("f4").max, finfo("f8").max],
    [65504, 3.4028234663852886e38, Number.MAX_VALUE],
  );
  assert.deepEqual([finfo("f4").eps, finfo("f8").eps], [2 ** -23, Number.EPSILON]);
  assert.deepEqual(
    [finfo("f8").smallestSubnormal, finfo("f4").smallestSubnormal],
    [Number.MIN_VALUE, 2 ** -149],
  );
  assert.deepEqual(
    [finfo("f2").resolution, finfo("f4").resolution, finfo("f8").resolution],
    [0.0010004043579101562, 9.999999974752427e-7, 1e-15],
  );
});

test("the limits of float16 are its outermost bit patterns", () => {
  const f = finfo("float16");
  assert.equal(f.max, fromFloat16(0x7bff));
  assert.equal(f.smallestNormal, fromFloat16(0x0400));
  assert.equal(f.smallestSubnormal, fromFloat16(0x0001));
  assert.equal(1 + f.eps, fromFloat16(0x3c01));
  assert.equal(1 - f.epsneg, fromFloat16(0x3bff));
});

test("a complex dtype has the limits of its parts", () => {
  assert.deepEqual(finfo("c8"), finfo("f4"));
  assert.deepEqual(finfo({ dtype: plain.complex128 }), finfo("f8"));
});

test("iinfo has the outermost integers, as elements of the dtype", () => {
  const rows = [
    ["int8", -128, 127, "i8"],
    ["uint8", 0, 255, "u8"],
    ["int16", -32768, 32767, "i16"],
    ["uint16", 0, 65535, "u16"],
    ["int32", -2147483648, 2147483647, "i32"],
    ["uint32", 0, 4294967295, "u32"],
    ["int64", -9223372036854775808n, 9223372036854775807n, "i64"],
    ["uint64", 0n, 18446744073709551615n, "u64"],
  ] as const;
  for (const [name, min, max, key] of rows) {
    const i = iinfo(name);
    assert.deepEqual(
      [i.min, i.max, i.key, i.kind, i.bits, i.dtype],
      [min, max, key, key[0], plain[name].itemsize * 8, plain[name]],
    );
  }
  const big: bigint = iinfo("int64").max;
  const small: number = iinfo({ dtype: plain.int8 }).max;
  assert.equal(big % 128n, BigInt(small));
});

test("each refuses the dtypes of the other, and those of neither", () => {
  for (const name of ["int32", "bool", "V8"] as const)
    assert.throws(() => finfo(name), /finfo: .* ask iinfo/);
  for (const name of ["float32", "bool", "V8", "c8"] as const)
    assert.throws(() => iinfo(name), /iinfo: .* ask finfo/);
});
