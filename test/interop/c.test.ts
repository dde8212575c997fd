import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import koffi from "koffi";
import * as np from "../../src/index.ts";
import { type CArray, toBlas, toBlasVector, toPointer } from "../../src/interop/c.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";
import { library, testWith } from "./system.ts";

const folder = mkdtempSync(join(tmpdir(), "ndview-c-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const source = fileURLToPath(new URL("c/strided.c", import.meta.url));
const built = join(folder, "libstrided.so");
const compiled =
  spawnSync("cc", ["-O2", "-shared", "-fPIC", "-o", built, source], { stdio: "ignore" }).status === 0;

type Call<R> = (
  base: Uint8Array,
  shape: BigInt64Array,
  strides: BigInt64Array,
  ndim: number,
  ...rest: unknown[]
) => R;

function functions() {
  const lib = koffi.load(built);
  const strided = "void *base, int64_t *shape, int64_t *strides, int ndim";
  koffi.proto("double Map(double)");
  return {
    sum: lib.func(`double weighted_sum(${strided})`) as unknown as Call<number>,
    scale: lib.func(`void scale_in_place(${strided}, double factor)`) as unknown as Call<void>,
    gather: lib.func(`void gather(${strided}, int64_t itemsize, void *out)`) as unknown as Call<void>,
    sumBy: lib.func(`double sum_by(${strided}, Map *map)`) as unknown as Call<number>,
  };
}
const c = compiled ? functions() : null;
const arguments_ = (p: CArray) => [p.base, p.shape, p.strides, p.ndim] as const;

const weighted = (a: np.NDArray) => Number(np.sum(np.multiply(a.ravel(), np.arange(1, a.size + 1))));

for (const layout of Object.keys(layouts)) {
  testWith("a C compiler", compiled, `C reads ${layout} where it lies`, () => {
    const { strided, dense } = pair(layout, "float64");
    const p = toPointer(strided, "const double *", { alignment: 8 });
    assert.equal(c!.sum(...arguments_(p)), weighted(dense));
    assert.equal(p.copied, !strided.isAligned());
    const forwards = toPointer(strided, "double", { negative: false, repeated: false });
    assert.equal(c!.sum(...arguments_(forwards)), weighted(dense));
    assert.ok(
      forwards.strides.every((stride, k) => stride > 0n || forwards.shape[k]! <= 1n || dense.size === 0),
    );
    const packed = toPointer(strided, "double", { order: "C" });
    assert.equal(c!.sum(...arguments_(packed)), weighted(dense));
  });
}

for (const layout of Object.keys(layouts)) {
  testWith("a C compiler", compiled, `C reads the bytes of every dtype in ${layout}`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      const found = new Uint8Array(dense.nbytes);
      const p = toPointer(strided, "void *");
      c!.gather(...arguments_(p), strided.itemsize, found);
      assert.deepEqual(found, new Uint8Array(dense.buffer, dense.byteOffset, dense.nbytes), dtype);
      assert.equal(p.copied, !strided.isAligned(), dtype);
      if (dense.size > 0) assert.equal(p.base.buffer === strided.buffer, strided.isAligned());
    }
  });
}

testWith("a C compiler", compiled, "what C writes into a view shows in the array, and nowhere else", () => {
  const a = np.arange(24).reshape(4, 6);
  c!.scale(...arguments_(toPointer(a.slice("::-2", "1::2"), "double *", { writable: true })), 10);
  const wanted = np.arange(24).reshape(4, 6);
  wanted.slice("1::2", "1::2").imultiply(10);
  assert.deepEqual(a.tolist(), wanted.tolist());
});

testWith("a C compiler", compiled, "C may call back, and be called from there", () => {
  const a = np.arange(5);
  const double = (x: number) => x + c!.sum(...arguments_(toPointer(a.slice(":1").slice("::-1"), "double")));
  assert.equal(c!.sumBy(...arguments_(toPointer(a.slice("::-1"), "double")), double), 10);
});

testWith(
  "a C compiler",
  compiled,
  "an asynchronous call keeps what it was given, whatever is collected meanwhile",
  async () => {
    const sum = koffi
      .load(built)
      .func("double weighted_sum(void *b, int64_t *shape, int64_t *strides, int ndim)");
    const calls = Array.from({ length: 50 }, (_, k) => {
      const p = toPointer(np.full(1000, k).slice("::-1"), "double");
      return new Promise<number>((resolve, reject) => {
        sum.async(...arguments_(p), (error: unknown, value: number) =>
          error ? reject(error) : resolve(value),
        );
      });
    });
    for (let k = 0; k < 2000; k++) np.ones(1000);
    const sums = await Promise.all(calls);
    assert.deepEqual(
      sums,
      Array.from({ length: 50 }, (_, k) => k * 500500),
    );
  },
);

test("the dtype is checked against the type in C", () => {
  for (const name of everyDtype) {
    const { strided } = pair("C", name);
    const { name: dtype } = strided.dtype;
    for (const [ctype, takes] of [
      ["double *", ["float64"]],
      ["const float *", ["float32"]],
      ["uint8_t", ["uint8"]],
      ["unsigned char const *", ["uint8"]],
      ["_Bool *", ["bool"]],
      ["double _Complex *", ["complex128"]],
      ["long long *", ["int64"]],
    ] as const) {
      if ((takes as readonly string[]).includes(dtype)) toPointer(strided, ctype);
      else
        assert.throws(
          () => toPointer(strided, ctype),
          /DTypeError: toPointer: the elements are/,
          `${dtype}, ${ctype}`,
        );
    }
    toPointer(strided, "void *");
  }
  assert.throws(
    () => toPointer(np.ones(2), "long *"),
    /its width depends on the machine; say int32_t or int64_t/,
  );
  assert.throws(() => toPointer(np.ones(2), "struct x *"), /is no type of elements here; one of/);
});

const openblas = library("libopenblas.so.0", "libopenblas.dylib");
const lapacke = library("liblapacke.so.3", "liblapacke.dylib");

type Gemm = (...args: unknown[]) => void;

testWith("OpenBLAS", openblas.found, "BLAS multiplies windows and transposes where they lie", () => {
  const dgemm = koffi
    .load(openblas.path)
    .func(
      "void cblas_dgemm(int,int,int,int,int,int,double,void*,int,void*,int,double,void*,int)",
    ) as unknown as Gemm;
  const data = np.remainder(np.multiply(np.arange(144), 7), 11).reshape(12, 12);
  const parts = {
    window: data.slice("1:5", "2:7"),
    transposed: data.slice("2:7", "1:5").T,
    rows: data.slice("::3", ":5"),
    columns: data.slice(":4", "::2").slice(":", ":5"),
    reversed: data.slice("4:8", "1:6").slice("::-1"),
    repeated: np.broadcastTo(data.slice(0, ":5"), [4, 5]),
  };
  const copies = ["columns", "reversed", "repeated"];
  for (const [left, a] of Object.entries(parts)) {
    for (const [right, other] of Object.entries(parts)) {
      const b = other.T;
      const out = np.zeros([6, 9]);
      const target = out.slice("1:5", "2:6");
      const [x, y, z] = [toBlas(a), toBlas(b), toBlas(target, { trans: false, writable: true, copy: false })];
      assert.deepEqual(
        [x.copied, y.copied, z.copied],
        [copies.includes(left), copies.includes(right), false],
      );
      dgemm(101, x.trans, y.trans, 4, 4, 5, 1, x.data, x.lda, y.data, y.lda, 0, z.data, z.lda);
      assert.deepEqual(target.tolist(), np.matmul(a, b).tolist(), `${left} @ ${right}.T`);
      assert.equal(out.sum(), target.sum());
    }
  }
});

testWith("OpenBLAS", openblas.found, "BLAS multiplies each of its dtypes in windows and transposes", () => {
  const lib = koffi.load(openblas.path);
  const gemm = (name: string, factor: string) =>
    lib.func(
      `void cblas_${name}gemm(int,int,int,int,int,int,${factor},void*,int,void*,int,${factor},void*,int)`,
    ) as unknown as Gemm;
  const [one, zero] = [1, 0];
  const complex = (dtype: "complex64" | "complex128") =>
    [
      np.array([1], dtype).view(dtype === "complex64" ? "float32" : "float64").data,
      new Float64Array(2),
    ] as const;
  const kinds = {
    float32: [gemm("s", "float"), one, zero],
    float64: [gemm("d", "double"), one, zero],
    complex64: [gemm("c", "void*"), ...complex("complex64")],
    complex128: [gemm("z", "void*"), ...complex("complex128")],
  } as const;
  for (const [dtype, [multiply, alpha, beta]] of Object.entries(kinds)) {
    const real = np.remainder(np.multiply(np.arange(80), 7), 11).reshape(8, 10);
    const data = np.subtract(
      real,
      dtype.startsWith("c") ? np.multiply(real.slice("::-1"), np.complex(0, 1)) : 0,
    );
    const typed = data.astype(dtype as "float64");
    const [a, b] = [typed.slice("1:5", "2:7"), typed.slice("2:8", "1:6").T];
    const out = np.zeros([6, 9], dtype as "float64").slice("1:5", "2:8");
    const [x, y, z] = [
      toBlas(a, { copy: false }),
      toBlas(b, { copy: false }),
      toBlas(out, { trans: false, writable: true, copy: false }),
    ];
    multiply(101, x.trans, y.trans, 4, 6, 5, alpha, x.data, x.lda, y.data, y.lda, beta, z.data, z.lda);
    assert.deepEqual(out.tolist(), np.matmul(a, b).tolist(), dtype);
  }
});

testWith("OpenBLAS", openblas.found, "BLAS takes vectors that run backwards", () => {
  const ddot = koffi.load(openblas.path).func("double cblas_ddot(int,void*,int,void*,int)") as unknown as (
    ...args: unknown[]
  ) => number;
  const a = np.arange(10);
  for (const x of [a, a.slice("::-1"), a.slice("::2"), a.slice("::-3"), np.broadcastTo(np.ones(1), [4])]) {
    const v = toBlasVector(x as np.NDArray<"float64">);
    const w = toBlasVector(np.arange(v.n));
    assert.equal(ddot(v.n, v.data, v.inc, w.data, w.inc), np.dot(x, np.arange(v.n)));
    assert.equal(v.copied, x.strides[0] === 0);
  }
});

testWith("LAPACKE", lapacke.found, "LAPACK takes the singular values of a window", () => {
  const dgesdd = koffi
    .load(lapacke.path)
    .func("int LAPACKE_dgesdd(int,char,int,int,void*,int,void*,void*,int,void*,int)") as unknown as (
    ...args: unknown[]
  ) => number;
  const data = np.sin(np.arange(80)).reshape(8, 10);
  for (const view of [data.slice("1:6", "2:6"), data.slice("1:5", "3:8").T, data.slice("::-1", ":4")]) {
    const [m, n] = view.shape as [number, number];
    const k = Math.min(m, n);
    // It is overwritten, so it is given a copy of its own, in a window too.
    const work = np.zeros([m, n + 3]);
    const part = work.slice(":", "1:-2");
    part.set("...", view);
    const a = toBlas(part, { trans: false, writable: true, copy: false });
    const [s, u, vt] = [np.zeros(k), np.zeros([m, k]), np.zeros([k, n])];
    const info = dgesdd(101, "S".charCodeAt(0), m, n, a.data, a.lda, s.data, u.data, k, vt.data, n);
    assert.equal(info, 0);
    assert.ok(np.allclose(np.matmul(np.multiply(u, s), vt), view), String(view));
  }
});

testWith(
  "LAPACKE",
  lapacke.found,
  "LAPACK takes a transposed window where it lies, in column-major order",
  () => {
    const dgesdd = koffi
      .load(lapacke.path)
      .func("int LAPACKE_dgesdd(int,char,int,int,void*,int,void*,void*,int,void*,int)") as unknown as (
      ...args: unknown[]
    ) => number;
    const memory = np.sin(np.arange(80)).reshape(8, 10);
    const view = memory.slice("1:5", "3:9").T;
    const wanted = view.copy();
    const [m, n] = view.shape as [number, number];
    const a = toBlas(view, { writable: true, copy: false });
    assert.deepEqual([a.trans, a.copied, a.data.buffer], [112, false, memory.buffer]);
    const [s, u, vt] = [np.zeros(n), np.zeros([m, n], { order: "F" }), np.zeros([n, n], { order: "F" })];
    const [left, right] = [toBlas(u), toBlas(vt)];
    const info = dgesdd(
      ...([102, "S".charCodeAt(0), m, n, a.data, a.lda] as const),
      ...([s.data, left.data, left.lda, right.data, right.lda] as const),
    );
    assert.equal(info, 0);
    assert.ok(np.allclose(np.matmul(np.multiply(u, s), vt), wanted));
  },
);

test("what is no matrix for BLAS is refused", () => {
  assert.throws(() => toBlas(np.ones([2, 2], "int32") as never), /DTypeError: toBlas: BLAS has no int32/);
  assert.throws(() => toBlas(np.ones(3) as never), /ShapeError: toBlas/);
  assert.throws(
    () => toBlas(np.ones([4, 4]).slice("::2", "::2"), { copy: false }),
    /needs a copy, and copy is false/,
  );
});
