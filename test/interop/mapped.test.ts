import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as np from "../../src/index.ts";
import { pack, unpack } from "../../src/interop/workers.ts";
import { numpyVersion } from "../oracle/version.ts";
import { programArguments, sourceModule } from "../program.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";

const folder = mkdtempSync(join(tmpdir(), "ndview-mapped-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const fresh = (ending = "npy") => join(folder, `${++count}.${ending}`);
const python = process.env.NDVIEW_PYTHON ?? "python3";
const hasNumpy = numpyVersion() !== null;

/** What NumPy says, run with the arguments that follow. */
function numpy(script: string, ...given: string[]): unknown {
  const run = spawnSync(python, ["-c", `import json, sys, numpy as np\n${script}`, ...given], {
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

for (const [name, dtype] of Object.entries(dtypes)) {
  test(`a file of ${name} is made, mapped, written through and read by others`, () => {
    const path = fresh();
    const values = pair("C", dtype as "float64").dense as np.NDArray;
    const a = np.openMemmap(path, { mode: "w+", dtype, shape: values.shape });
    assert.deepEqual(np.loadSync(path, { as: "npy" }).tolist(), np.zeros(values.shape, dtype).tolist());
    a.set(["..."], values as never);
    assert.deepEqual(np.loadSync(path, { as: "npy" }).tolist(), values.tolist());
    assert.deepEqual(readFileSync(path), Buffer.from(np.npyBytes(values)));
    assert.deepEqual(np.openMemmap(path, { mode: "r" }).tolist(), values.tolist());
  });
}

for (const layout of Object.keys(layouts)) {
  test(`functions take a mapped array as ${layout}`, () => {
    const { strided, dense } = pair(layout, "float64");
    const path = fresh("bin");
    const bytes = new Uint8Array(strided.buffer);
    writeFileSync(path, bytes);
    const memory = np.memmap(path, "uint8");
    const mapped = np.fromStrided({
      buffer: memory.buffer,
      byteOffset: memory.byteOffset + strided.byteOffset,
      dtype: "float64",
      shape: strided.shape,
      strides: strided.strides,
    });
    assert.deepEqual(mapped.tolist(), dense.tolist());
    assert.deepEqual(np.add(mapped, 1).tolist(), np.add(dense, 1).tolist());
    assert.deepEqual(np.sum(mapped, { axis: null }), np.sum(dense, { axis: null }));
  });
}

test("structures, F order, 0-d arrays and empty ones are files too", () => {
  const path = fresh();
  const dtype = [
    ["id", "int16"],
    ["at", "float64", [2]],
  ] as const;
  const s = np.openMemmap(path, { mode: "w+", dtype, shape: 3 });
  np.field(s, "at").set([1], [4, 5]);
  assert.deepEqual(np.field(np.loadSync(path, { as: "npy" }), "at").tolist(), [
    [0, 0],
    [4, 5],
    [0, 0],
  ]);
  const f = np.openMemmap(path, { mode: "w+", dtype: "int32", shape: [2, 3], fortranOrder: true });
  f.set([0], [1, 2, 3]);
  assert.deepEqual(f.strides, [4, 8]);
  assert.deepEqual(readFileSync(path), Buffer.from(np.npyBytes(np.asfortranarray(f.copy()))));
  const zero = np.openMemmap(path, { mode: "w+", shape: [] });
  zero.set([], 5);
  assert.equal(np.openMemmap(path, { mode: "r" }).item(), 5);
  const none = np.openMemmap(path, { mode: "w+", shape: [0, 3] });
  none.flush();
  assert.deepEqual(np.openMemmap(path, { mode: "r" }).shape, [0, 3]);
  assert.deepEqual(np.openMemmap(path, { mode: "w+", dtype: ["float32", [2]], shape: 3 }).shape, [3, 2]);
});

test("the modes: written through, kept in memory, read-only", () => {
  const path = fresh();
  np.saveSync(path, np.arange(4));
  const through = np.openMemmap(pathToFileURL(path));
  const kept = np.openMemmap(path, { mode: "c" });
  const read = np.openMemmap(path, { mode: "r" });
  through.set(0, 10);
  assert.deepEqual(read.tolist(), [10, 1, 2, 3]);
  kept.set(1, 20);
  assert.deepEqual(kept.tolist(), [10, 20, 2, 3]);
  assert.deepEqual(read.tolist(), [10, 1, 2, 3]);
  assert.deepEqual(np.loadSync(path, { as: "npy" }).tolist(), [10, 1, 2, 3]);
  assert.throws(() => read.set(0, 1), /read-only/);
  assert.throws(() => read.setflags({ write: true }), np.ValueError);
  assert.throws(() => read.slice("::2").setflags({ write: true }), np.ValueError);
  // Past the flag: neither a crash nor a write to the file.
  (read.data as Float64Array)[3] = 99;
  assert.deepEqual(np.loadSync(path, { as: "npy" }).tolist(), [10, 1, 2, 3]);
  const long = ["readonly", "copyonwrite", "readwrite"] as const;
  const modes = long.map((mode) => np.mappingOf(np.openMemmap(path, { mode }))?.mode);
  assert.deepEqual(modes, ["r", "c", "r+"]);
});

test("load maps with mmapMode, and reads archives all the same", async () => {
  const path = fresh();
  np.saveSync(path, np.arange(4));
  const a = np.loadSync(path, { as: "npy", mmapMode: "r+" });
  a.set(0, 7);
  const b = await np.load(path, { as: "npy", mmapMode: "c" });
  assert.deepEqual(b.tolist(), [7, 1, 2, 3]);
  assert.equal(np.mappingOf(b)?.mode, "c");
  const archive = fresh("npz");
  np.savezSync(archive, { x: a });
  const npz = np.loadSync(archive, { as: "npz", mmapMode: "r" });
  assert.deepEqual(npz.get("x").tolist(), [7, 1, 2, 3]);
  assert.throws(() => np.loadSync(np.npyBytes(a), { mmapMode: "r" }), /give a path/);
  assert.throws(() => np.loadSync(path, { mmapMode: "w+" as "r" }), /openMemmap/);
  assert.throws(() => np.loadSync(path, { mmapMode: "x" as "r" }), /mode "x"/);
  assert.deepEqual(np.loadSync(path, { as: "npy" }).tolist(), [7, 1, 2, 3]);
});

test("raw files: any offset, the rest of the file, orders, and files that grow", () => {
  const path = fresh("bin");
  writeFileSync(
    path,
    Uint8Array.from({ length: 100 }, (_, k) => k),
  );
  assert.deepEqual(np.memmap(path).shape, [100]);
  assert.deepEqual(np.memmap(path, { dtype: "float64", mode: "r", offset: 4 }).shape, [12]);
  const odd = np.memmap(path, { dtype: "uint16", mode: "r", offset: 3, shape: [2, 2], order: "F" });
  assert.deepEqual(odd.tolist(), [
    [0x0403, 0x0807],
    [0x0605, 0x0a09],
  ]);
  assert.equal(odd.flags.aligned, false);
  assert.deepEqual(np.memmap(path, { mode: "r", offset: 100 }).shape, [0]);
  assert.throws(() => np.memmap(path, "float64"), /no multiple/);
  assert.throws(() => np.memmap(path, { mode: "r", offset: 101 }), /behind the end/);
  assert.throws(() => np.memmap(path, { mode: "r", shape: 101 }), /truncated/);
  assert.throws(() => np.memmap(path, { mode: "c", shape: 101 }), /truncated/);
  assert.equal(statSync(path).size, 100);
  const grown = np.memmap(path, { offset: 90, shape: 20 });
  assert.deepEqual([grown.at(0), grown.at(-1)], [90, 0]);
  assert.equal(statSync(path).size, 110);
  const far = np.memmap(path, { mode: "w+", dtype: "int32", offset: 70_001, shape: [3, 4], order: "F" });
  far.set([2, 3], 5);
  assert.equal(statSync(path).size, 70_049);
  assert.equal(readFileSync(path).readInt32LE(70_045), 5);
});

test("what is known of the file, and writing it to the disk", () => {
  const path = fresh();
  const a = np.openMemmap(path, { mode: "w+", shape: [4, 5] });
  const { filename, mode, offset, nbytes } = np.mappingOf(a.T.slice("1:"))!;
  assert.deepEqual(
    { filename, mode, offset, nbytes },
    { filename: path, mode: "r+", offset: 128, nbytes: 160 },
  );
  np.flush(a);
  a.slice(1).flush();
  assert.equal(np.mappingOf(np.zeros(3)), null);
  assert.equal(np.mappingOf(a.add(1)), null);
  assert.throws(() => np.flush(np.zeros(3)), /no file behind/);
  const reserved = np.memmap(fresh("bin"), { mode: "w+", shape: 100_000, reserve: true });
  assert.ok(
    process.platform !== "linux" || statSync(np.mappingOf(reserved)!.filename).blocks * 512 >= 100_000,
  );
});

test("a file that arrays are mapped to is not cut under them", () => {
  const path = fresh();
  const a = np.openMemmap(path, { mode: "w+", shape: 10_000 });
  a.set(-1, 3);
  const b = np.openMemmap(path, { mode: "w+", shape: 2 });
  assert.equal(a.at(-1), 3);
  np.saveSync(path, np.ones(1));
  assert.deepEqual([a.at(-1), b.tolist()], [3, [0, 0]]);
  assert.throws(() => np.memmap(path, { mode: "w+", shape: 2 ** 52 }), np.ValueError);
  assert.deepEqual(np.loadSync(path, { as: "npy" }).tolist(), [1]);
});

test("a mapped array goes to workers as a copy, also where memory moves", () => {
  const path = fresh("bin");
  const a = np.memmap(path, { mode: "w+", shape: 8 });
  a.set(3, 5);
  for (const move of [false, true]) {
    const [message, transfer] = pack({ a }, { move });
    const there = unpack<{ a: np.NDArray }>(structuredClone(message, { transfer }));
    assert.deepEqual(there.a.tolist(), [0, 0, 0, 5, 0, 0, 0, 0]);
    assert.equal(a.at(3), 5);
  }
});

test("what is wrong with a file is said before anything is mapped", () => {
  const path = fresh();
  const bytes = np.npyBytes(np.arange(1000));
  const wrong: readonly (readonly [Uint8Array, RegExp])[] = [
    [bytes.subarray(0, 8000), /truncated/],
    [bytes.subarray(0, 50), /ends inside of the header/],
    [bytes.subarray(0, 0), /not a \.npy file/],
    [new TextEncoder().encode("<html>"), /not a \.npy file/],
    [edited(bytes, "(1000,)", "(-100,)"), /shape/],
    [edited(bytes, "(1000,), } ", "(9007199254740993,), }"), /shape|parsed|large/],
    [edited(bytes, "<f8", ">f8"), /big-endian/],
    [edited(bytes, "<f8", "|O8"), /pickle/],
  ];
  for (const [damaged, reason] of wrong) {
    writeFileSync(path, damaged);
    for (const mode of ["r", "c", "r+"] as const) {
      assert.throws(() => np.openMemmap(path, { mode }), { name: /Error/, message: reason });
      assert.throws(() => np.openMemmap(path, { mode }), np.ValueError);
    }
    assert.deepEqual(readFileSync(path), Buffer.from(damaged));
  }
  writeFileSync(path, bytes);
  assert.throws(() => np.openMemmap(path, { dtype: "int8" }), np.DTypeError);
  assert.throws(() => np.openMemmap(path, { shape: [999] }), np.ShapeError);
  assert.throws(() => np.openMemmap(path, { mode: "x" as "r" }), /mode "x"/);
  assert.throws(() => np.openMemmap(path, { mode: "w+" }), /shape/);
  assert.throws(() => np.memmap(path, { offset: -1 }), /offset -1/);
  assert.throws(() => np.memmap(path, { shape: -1 }), np.ShapeError);
  assert.throws(() => np.memmap(path, { dtype: "S" }), /no bytes/);
  assert.throws(() => np.memmap(path, { order: "K" as "C" }), /order/);
  assert.throws(() => np.memmap(folder), { code: "EISDIR" });
  assert.throws(() => np.memmap(join(folder, "none")), { code: "ENOENT" });
  const inside = fresh("bin");
  writeFileSync(inside, Buffer.concat([Buffer.alloc(13), bytes]));
  assert.equal(np.openMemmap(inside, { mode: "r", offset: 13 }).at(999), 999);
});

function edited(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  assert.ok(text.includes(from));
  const head = text.slice(0, 128).replace(from, to).slice(0, 127).trimEnd();
  return Buffer.from(`${head.padEnd(127)}\n${text.slice(128)}`, "latin1");
}

test("nonsense is refused in words", () => {
  const nonsense = [undefined, null, 1.5, 2n ** 70n, true, Symbol("s"), () => 1, {}, [[1], [2, 3]], "a\0b"];
  for (const x of nonsense as never[]) {
    assert.throws(() => np.memmap(x, { mode: "r" }), np.ValueError);
    assert.throws(() => np.openMemmap(x, { mode: "r" }), np.ValueError);
    if (x === undefined) continue;
    for (const key of ["mode", "order", "offset"]) {
      assert.throws(() => np.openMemmap(fresh(), { [key]: x } as object), np.ValueError, key);
      assert.throws(() => np.memmap(fresh(), { mode: "w+", shape: 3, [key]: x }), np.ValueError, key);
    }
  }
});

test("damaged files are errors or arrays within the file, whatever is damaged", () => {
  const path = fresh();
  const bytes = np.npyBytes(np.arange(60).reshape(3, 4, 5));
  let seed = 12345;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  let opened = 0;
  for (let round = 0; round < 1500; round++) {
    const damaged = bytes.slice(0, random(3) === 0 ? random(bytes.length) : bytes.length);
    for (let k = random(4); k >= 0; k--) damaged[random(Math.min(128, damaged.length))] = random(256);
    writeFileSync(path, damaged);
    try {
      const a = np.openMemmap(path, { mode: round % 2 === 0 ? "r" : "c" });
      assert.ok(a.nbytes <= damaged.length);
      String(a);
      opened++;
    } catch (error) {
      assert.ok(np.isNdError(error), String(error));
    }
  }
  assert.ok(opened > 0);
});

test("NumPy reads what is written here, and the other way round", { skip: !hasNumpy && "no NumPy" }, () => {
  const path = fresh();
  const a = np.openMemmap(path, { mode: "w+", dtype: "float32", shape: [3, 4], order: "F" });
  a.set([1, 2], 5);
  const script = `a = np.load(sys.argv[1], mmap_mode="r+")
a[2] = 7
a.flush()
print(json.dumps([a.tolist(), list(a.strides), str(a.dtype)]))`;
  assert.deepEqual(numpy(script, path), [
    [
      [0, 0, 0, 0],
      [0, 0, 5, 0],
      [7, 7, 7, 7],
    ],
    [4, 12],
    "float32",
  ]);
  assert.deepEqual(a.slice(2).tolist(), [7, 7, 7, 7]);
});

test("a file of 5 GiB is opened, sliced, written and reduced in parts", () => {
  const path = fresh();
  const rows = 5 * 2 ** 17;
  const a = np.openMemmap(path, { mode: "w+", dtype: "float64", shape: [rows, 1024] });
  assert.deepEqual([a.shape, a.nbytes], [[rows, 1024], 5 * 2 ** 30]);
  a.slice(-1).set(["..."], np.arange(1024));
  a.set([rows - 2, 3], 9);
  a.set([2 ** 18, 0], 4);
  a.slice("::65536", 7).iadd(1);
  assert.deepEqual([a.at(-1, 1023), a.at(rows - 2, 3), a.at(2 ** 18, 0), a.at(65536, 7)], [1023, 9, 4, 1]);
  assert.equal(np.sum(a.slice("-2:")), (1023 * 1024) / 2 + 9);
  assert.equal(np.sum(a.slice("::65536", 7)), 10);
  assert.deepEqual(np.max(a.slice("::-131071"), 1).shape, [6]);
  const { size } = statSync(path);
  const end = np.memmap(path, { dtype: "float64", mode: "r", offset: size - 16 });
  assert.deepEqual(end.tolist(), [1022, 1023]);
  assert.equal(np.sharesMemory(a, a.slice(-1)), true);
  assert.equal(np.mappingOf(a.slice(-1))?.nbytes, a.nbytes);
  a.flush();
  assert.ok(statSync(path).blocks * 512 < 2 ** 27, "untouched parts take no room");
  assert.throws(() => a.data, /one buffer/);
  truncateSync(path, 2 ** 32);
  assert.throws(() => np.openMemmap(path, { mode: "r" }), /truncated/);
});

const isLinux = process.platform === "linux";

test("files are released when nobody has their memory, and not before", {
  skip: !isLinux && "no /proc",
}, () => {
  const side = programArguments("test/interop/mapped-side.ts");
  const run = spawnSync(process.execPath, ["--expose-gc", ...side, fresh("bin")], { encoding: "utf8" });
  assert.equal(run.stderr, "");
  const said = JSON.parse(run.stdout);
  assert.deepEqual(said, {
    cycles: 0,
    byData: 1,
    first: 7,
    wideByData: 1,
    wideFirst: 0,
    end: 0,
    whole: true,
  });
});

test("without koffi the error says what to install", () => {
  const { url, loader } = sourceModule("src/index.ts");
  const run = spawnSync(
    process.execPath,
    [
      ...loader,
      "--input-type=module",
      "--eval",
      `import Module from "node:module";
       const load = Module._resolveFilename;
       Module._resolveFilename = function (name, ...rest) {
         if (name === "koffi") throw Object.assign(new Error("none"), { code: "MODULE_NOT_FOUND" });
         return load.call(this, name, ...rest);
       };
       const np = await import(${JSON.stringify(url)});
       try { np.memmap("some.bin", { mode: "w+", shape: 3 }); } catch (error) { console.log(error.message); }`,
    ],
    { encoding: "utf8" },
  );
  assert.match(run.stdout, /memmap: .*npm install koffi/, run.stderr);
  assert.equal(existsSync("some.bin"), false);
});
