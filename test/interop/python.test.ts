import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import * as np from "../../src/index.ts";
import { type Python, share, sharedArray, startPython, torch } from "../../src/interop/python.ts";
import { sourceModule } from "../program.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";
import { testWith } from "./system.ts";

const command = process.env["NDVIEW_PYTHON"] ?? "python3";
const has = (program: string, code: string) => spawnSync(program, ["-c", code]).status === 0;
const hasNumpy = has(command, "import numpy");
/** Debian's torch is that of the system's Python. */
const TORCH = process.env["NDVIEW_TORCH"] ?? "/usr/bin/python3";
const hasTorch = has(TORCH, "import torch, numpy");

let python: Python;
let system: Python;
before(async () => {
  if (hasNumpy) python = await startPython({ command });
  if (hasTorch) system = await startPython({ command: TORCH });
});
after(async () => {
  await python?.close();
  await system?.close();
});

/** A view of a shared array that lies as another one does. */
function laidAs(strided: np.NDArray): np.NDArray {
  const room = sharedArray(strided.buffer.byteLength, "uint8");
  room.set(["..."], np.frombuffer(strided.buffer, "uint8"));
  const { shape, strides, byteOffset } = strided;
  return room.retype({ shape, strides, offset: room.layout.offset + byteOffset }, strided.dtype);
}

test("an array that is shared is a file with a name, and no copy", () => {
  const a = sharedArray([3, 4], { dtype: "float32", order: "F" });
  assert.deepEqual([a.shape, a.strides, a.dtype.name], [[3, 4], [4, 12], "float32"]);
  const { view: there, copied, reason, array } = share(a.slice("1:", "::-1"));
  assert.deepEqual(
    { copied, reason, path: there.path },
    { copied: false, reason: "", path: np.mappingOf(a)!.filename },
  );
  assert.deepEqual(
    [there.shape, there.strides, there.descr, there.writeable],
    [[2, 4], [4, -12], "'<f4'", true],
  );
  assert.equal(there.offset, 128 + 4 + 3 * 12);
  assert.equal(array.base, a);
  assert.ok(existsSync(there.path));
});

test("an array in memory is copied, and so is what the other side would not see; the reason is said", () => {
  const a = np.arange(6).reshape(2, 3);
  const { array, copied, reason } = share(a.T);
  assert.deepEqual([copied, array.tolist()], [true, a.T.tolist()]);
  assert.match(reason, /memory of this process/);
  assert.throws(() => share(a, { copy: false }), /share: needs a copy, and copy is false: the array lies/);
  assert.equal(share(array).copied, false);
  const kept = np.openMemmap(share(array).view.path, { mode: "c" });
  assert.match(share(kept).reason, /copy-on-write/);
  const read = np.openMemmap(share(array).view.path, { mode: "r" });
  assert.equal(share(read).view.writeable, false);
  assert.match(share(read, { writable: true, consumer: "x" }).reason, /read-only; x writes/);
  assert.throws(() => share(np.zeros([1, 1]), { maxRank: 1 }), np.ShapeError);
});

test("torch gets no reversed view, and is told why", () => {
  const a = sharedArray([3, 4], "float32");
  assert.equal(
    share(a.slice(":", "::-1"), torch).reason,
    "axis 1 has stride -4; torch takes only positive strides",
  );
  for (const fine of [a, a.T, a.slice("::2", "1:"), np.broadcastTo(a.slice(0), [5, 4])]) {
    assert.deepEqual(share(fine, torch).reason, "");
  }
  const words = sharedArray(4, "uint16");
  assert.match(share(words, torch).reason, /dtype is uint16; torch gets int32/);
  assert.match(share(sharedArray(4, "uint64"), torch).reason, /torch gets float64/);
  assert.throws(() => share(sharedArray(4, "M8[s]"), torch), np.DTypeError);
});

test("of the layouts of the sweep NumPy takes all, torch all that neither run backwards nor lie between elements", () => {
  const copied = Object.keys(layouts).filter((layout) => {
    const there = laidAs(pair(layout, "float64").strided as np.NDArray);
    assert.equal(share(there).copied, false, layout);
    return share(there, torch).copied;
  });
  const backwards = ["reversed", "one axis reversed", "axes of length 1"];
  assert.deepEqual(copied, [...backwards, "a packed field", "square", "line"]);
});

testWith("NumPy", hasNumpy, "NumPy sees the same bytes, and what it writes is here", async () => {
  const a = sharedArray([100, 200], "float32");
  a.set([3, 5], 7);
  assert.equal(await python.run("result = a[3, 5].item(); a[4] = 2; a[:, 0] *= 0", { a }), 7);
  assert.equal(np.sum(a.slice(4)), 199 * 2);
  a.iadd(1);
  assert.equal(await python.run("result = float(b[-1, -1])", { b: a.slice("::-1", "::-1") }), 1);
});

for (const layout of Object.keys(layouts)) {
  testWith("NumPy", hasNumpy, `NumPy takes ${layout} where it lies`, async () => {
    for (const dtype of Object.values(dtypes)) {
      const { strided, dense } = pair(layout, dtype as "float64") as unknown as Record<string, np.NDArray>;
      const there = laidAs(strided!);
      assert.equal(share(there).copied, false);
      const code = "result = {'strides': list(a.strides), 'bytes': list(a.tobytes())}";
      const said = (await python.run(code, { a: there })) as { strides: number[]; bytes: number[] };
      assert.deepEqual(said.bytes, Array.from(np.tobytes(dense!)));
      assert.deepEqual(said.strides, strided!.strides);
    }
  });
}

testWith("NumPy", hasNumpy, "results come back as arrays in files, scalars and lists as values", async () => {
  const a = sharedArray([3, 4]);
  a.set(["..."], np.arange(12).reshape(3, 4));
  const u = (await python.run("result = np.linalg.svd(a)[1]", { a })) as np.NDArray;
  assert.deepEqual(u.shape, [3]);
  assert.notEqual(np.mappingOf(u), null);
  const f = (await python.run("result = np.asfortranarray(a[:, ::-1].astype('c8'))", { a })) as np.NDArray;
  assert.deepEqual(
    [f.dtype.name, f.strides, f.T.tolist()],
    ["complex64", [8, 24], a.slice(":", "::-1").T.astype("complex64").tolist()],
  );
  assert.deepEqual(await python.run("result = [1, 'x', None, {'k': 1.5}]"), [1, "x", null, { k: 1.5 }]);
  assert.equal(await python.run("x = 3"), null);
  assert.equal(await python.run("result = x + 1"), 4);
});

testWith("NumPy", hasNumpy, "what fails in Python is an error here, and the process goes on", async () => {
  await assert.rejects(python.run("1 / 0"), /Traceback[\s\S]*ZeroDivisionError/);
  await assert.rejects(python.run("result = object()"), /not JSON serializable/);
  await assert.rejects(python.run("np.load('x', 3", {}), np.ValueError);
  const read = np.openMemmap(share(sharedArray(3)).view.path, { mode: "r" });
  await assert.rejects(python.run("a[0] = 1", { a: read }), /read-only/);
  assert.equal(await python.run("result = 1"), 1);
  const together = await Promise.all([1, 2, 3].map((k) => python.run(`result = ${k}`)));
  assert.deepEqual(together, [1, 2, 3]);
});

testWith("NumPy", hasNumpy, "a process that ends, or never starts, says so", async () => {
  await assert.rejects(
    startPython({ command: "no-such-python" }),
    /no-such-python: the process did not start/,
  );
  const other = await startPython({ command });
  await assert.rejects(other.run("import os; os._exit(3)"), /the process has ended \(status 3\)/);
  await assert.rejects(other.run("1"), /has ended/);
  await other.close();
});

testWith("NumPy", hasNumpy, "a program does not wait for a process that it has not closed", () => {
  const { url, loader } = sourceModule("src/interop/python.ts");
  const source = `import { startPython } from ${JSON.stringify(url)};
    const python = await startPython({ command: ${JSON.stringify(command)} });
    console.log(await python.run("result = 5"));`;
  const options = { encoding: "utf8", timeout: 60_000 } as const;
  const run = spawnSync(process.execPath, [...loader, "--input-type=module", "--eval", source], options);
  assert.deepEqual([run.stdout, run.status], ["5\n", 0], run.stderr);
});

testWith("torch", hasTorch, "a tensor over the same bytes, whose result in place is seen here", async () => {
  const a = sharedArray([64, 32], "float32");
  a.set(["..."], np.arange(64 * 32).reshape(64, 32));
  const code = `import torch
t = torch.from_numpy(a)
t.mul_(2).add_(1)
result = [list(t.stride()), t.data_ptr() == a.__array_interface__["data"][0]]`;
  assert.deepEqual(await system.run(code, { a }, torch), [[32, 1], true]);
  assert.equal(a.at(1, 1), 33 * 2 + 1);
  assert.deepEqual(await system.run(code, { a: a.T }, { ...torch(a.T), copy: false }), [[1, 32], true]);
  assert.equal(a.at(0, 0), 3);
});

testWith("torch", hasTorch, "a reversed view never reaches torch, a copy of it does", async () => {
  const a = sharedArray([4, 3], "float32");
  a.set(["..."], np.arange(12).reshape(4, 3));
  const back = a.slice("::-1");
  assert.match(share(back, torch).reason, /axis 0 has stride -12; torch takes only positive strides/);
  await assert.rejects(system.run("", { a: back }, { ...torch(back), copy: false }), /needs a copy/);
  const code = "import torch; t = torch.from_numpy(a); t.mul_(10); result = t";
  const there = (await system.run(code, { a: back }, torch)) as np.NDArray;
  assert.deepEqual(there.tolist(), np.multiply(back, 10).tolist());
  assert.deepEqual(a.slice(0).tolist(), [0, 1, 2]);
  await assert.rejects(system.run("import torch; torch.from_numpy(a)", { a: back }), /negative/);
});

testWith("torch", hasTorch, "every layout and dtype goes to torch, by the gate", async () => {
  for (const layout of Object.keys(layouts)) {
    for (const dtype of ["float64", "int64", "uint8", "complex128", "float16", "bool"] as const) {
      const { strided, dense } = pair(layout, dtype as "float64") as unknown as Record<string, np.NDArray>;
      const code = "import torch; result = list(torch.from_numpy(a).contiguous().numpy().tobytes())";
      assert.deepEqual(
        await system.run(code, { a: laidAs(strided!) }, torch),
        Array.from(np.tobytes(dense!)),
        `${layout} ${dtype}`,
      );
    }
  }
});

testWith("NumPy", hasNumpy, "the files of shared arrays go when nobody has them, and at the end", () => {
  const { url, loader } = sourceModule("src/interop/python.ts");
  const source = `import { readdirSync } from "node:fs";
    import * as np from ${JSON.stringify(sourceModule("src/index.ts").url)};
    import { sharedArray, startPython } from ${JSON.stringify(url)};
    const mine = () => readdirSync("/dev/shm").filter((name) => name.includes("-" + process.pid + "-")).length;
    for (let k = 0; k < 50; k++) sharedArray(1000).set(0, 1);
    const kept = sharedArray(10);
    const before = mine();
    for (let k = 0; k < 4; k++) { gc(); await new Promise((resolve) => setTimeout(resolve, 20)); }
    console.log(JSON.stringify([before, mine(), kept.at(0)]));`;
  if (!existsSync("/dev/shm")) return;
  const run = spawnSync(
    process.execPath,
    ["--expose-gc", ...loader, "--input-type=module", "--eval", source],
    { encoding: "utf8" },
  );
  assert.deepEqual(JSON.parse(run.stdout || "null"), [51, 1, 0], run.stderr);
  const left = readdirSync("/dev/shm").filter((name) => name.includes(`-${run.pid}-`));
  assert.deepEqual(left, []);
});
