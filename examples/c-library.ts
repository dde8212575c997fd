/**
 * C libraries on views: zlib, the C library itself and BLAS read and write arrays where they lie.
 * Run with `npx tsx examples/c-library.ts`; it needs koffi, libz and libopenblas (apt-get install zlib1g libopenblas0).
 */
import { crc32 as nodeCrc32 } from "node:zlib";
import koffi from "koffi";
import * as np from "ndview";
import { toBlas, toBlasVector, toPointer } from "ndview/interop/c";

type CFunction = (...args: unknown[]) => number;

/** The first of some libraries that is there; a program that lacks one says so and ends. */
function load(what: string, ...names: readonly string[]): ReturnType<typeof koffi.load> {
  for (const name of names) {
    try {
      return koffi.load(name);
    } catch {}
  }
  console.log(`left out: ${what} is not installed here, under none of the names ${names.join(", ")}`);
  process.exit(0);
}

const zlib = load("zlib", "libz.so.1", "libz.dylib", "zlib1.dll");
const libc = load("the C library", "libc.so.6", "libSystem.dylib", "msvcrt.dll");
const blas = load("OpenBLAS", "libopenblas.so.0", "libopenblas.dylib", "libopenblas.dll");

const photo = np.loadSync(new URL("../samples/astronaut.npy", import.meta.url)) as np.NDArray<"uint8">;

// 1. zlib reads bytes one after the other: all of the picture at once, a window of it row by row, nothing copied.
const crc32 = zlib.func(
  "unsigned long crc32(unsigned long crc, const uint8_t *bytes, unsigned int length)",
) as CFunction;
const whole = toPointer(photo, "const uint8_t *", { order: "C" });
console.log(
  `crc32 of the picture: ${crc32(0, whole.base, photo.nbytes).toString(16)}, copied: ${whole.copied}`,
);
console.log(`  as Node computes it: ${nodeCrc32(photo.data).toString(16)}`);

const face = photo.slice("8:72", "32:96");
let sum = 0;
for (let k = 0; k < face.shape[0]!; k++) {
  const row = face.slice(k);
  const { base, copied } = toPointer(row, "const uint8_t *", { order: "C", copy: false });
  if (copied) throw new Error("a row has no gaps");
  sum = crc32(sum, base, row.nbytes);
}
console.log(
  `crc32 of a window: ${sum.toString(16)}, of a copy of it ${nodeCrc32(face.copy().data).toString(16)}`,
);
const flipped = toPointer(face.slice(":", "::-1"), "const uint8_t *", { order: "C" });
console.log(`the window mirrored: copied, ${flipped.reason}`);

// 2. qsort writes into the array, and calls back for each comparison. What it is told of sizes must be true of the memory.
koffi.proto("int Compare(const void *a, const void *b)");
const qsort = libc.func("void qsort(void *base, size_t count, size_t size, Compare *compare)") as CFunction;
const weather = np.array([
  [12.8, 5],
  [10.6, 2.8],
  [11.7, 7.2],
  [8.9, 2.8],
]);
const rows = toPointer(weather, "double *", { order: "C", writable: true, copy: false });
qsort(rows.base, weather.shape[0], weather.strides[0], (a: unknown, b: unknown) => {
  const [left, right] = [a, b].map((address) => koffi.decode(address, "double") as number);
  return Math.sign(left! - right!);
});
console.log(`rows sorted by qsort: ${JSON.stringify(weather.tolist())}`);

// 3. BLAS multiplies a window with a transpose into a window: distances between rows and a flag say how they lie.
const dgemm = blas.func(
  "void cblas_dgemm(int, int, int, int, int, int, double, void *, int, void *, int, double, void *, int)",
) as CFunction;
const data = np.arange(48).reshape(6, 8);
const [a, b] = [data.slice("1:4", "2:7"), data.slice("2:6", "1:6").T];
const out = np.zeros([5, 6]);
const target = out.slice("1:4", "1:5");
const [x, y, z] = [toBlas(a), toBlas(b), toBlas(target, { trans: false, writable: true, copy: false })];
dgemm(101, x.trans, y.trans, 3, 4, 5, 1, x.data, x.lda, y.data, y.lda, 0, z.data, z.lda);
console.log(
  `dgemm: lda ${x.lda}, ${y.lda}, ${z.lda}; transposed: ${y.trans === 112}; copied: ${x.copied || y.copied}`,
);
console.log(String(out));
console.log(`  as ndview multiplies: ${np.arrayEqual(target, np.matmul(a, b))}`);

const ddot = blas.func("double cblas_ddot(int, void *, int, void *, int)") as CFunction;
const [up, down] = [
  toBlasVector(data.slice(0)),
  toBlasVector(data.slice("2", "::-1") as np.NDArray<"float64">),
];
console.log(
  `ddot with a row backwards: ${ddot(up.n, up.data, up.inc, down.data, down.inc)}, steps ${up.inc} and ${down.inc}`,
);
