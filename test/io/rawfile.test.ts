import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as np from "../../src/index.ts";
import { type Case, compare, skip } from "../ops/against-numpy.ts";
import { layouts, pair } from "../sweep/layouts.ts";

const script = fileURLToPath(new URL("numpy_text.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ndview-"));
after(() => rmSync(folder, { recursive: true }));
const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message));
}

const file = join(folder, "five.bin");
writeFileSync(file, Buffer.concat([Buffer.from(Int32Array.of(0, 1, 2, 3, 4).buffer), Buffer.from("x")]));

type Text = readonly [text: string, options: np.FromstringOptions, python: string];

const texts: readonly Text[] = [
  ["1 2 3", { sep: " " }, "sep=' '"],
  ["1, 2 ,3", { sep: "," }, "sep=','"],
  ["1,2,3", { sep: ", " }, "sep=', '"],
  ["1 , 2", { sep: " ," }, "sep=' ,'"],
  ["1  2\n3", { sep: " " }, "sep=' '"],
  ["1 2 3", { sep: " ", dtype: "int64", count: 2 }, "sep=' ', dtype=int, count=2"],
  ["1 2 x", { sep: " ", dtype: "int64" }, "sep=' ', dtype=int"],
  ["1.5 2", { sep: " ", dtype: "int64" }, "sep=' ', dtype=int"],
  ["", { sep: " " }, "sep=' '"],
  ["1,2,", { sep: "," }, "sep=','"],
  ["1,,2", { sep: "," }, "sep=','"],
  ["1;2", { sep: "," }, "sep=','"],
  ["1 2", { sep: "" }, "sep=''"],
  ["1+2j 3 -1e5-.5j", { sep: " ", dtype: "complex128" }, "sep=' ', dtype=complex"],
  ["nan inf -inf", { sep: " " }, "sep=' '"],
  ["1 0 2", { sep: " ", dtype: "bool" }, "sep=' ', dtype=bool"],
  ["18446744073709551615", { sep: " ", dtype: "uint64" }, "sep=' ', dtype='u8'"],
  ["0x10 2", { sep: " " }, "sep=' '"],
  ["010", { sep: " ", dtype: "int64" }, "sep=' ', dtype=int"],
  ["1 2", { sep: " ", dtype: "float32" }, "sep=' ', dtype='f4'"],
  ["1 2", { sep: " ", dtype: [["a", "f4"]] }, "sep=' ', dtype=[('a','f4')]"],
  ["a b", { sep: " ", dtype: "U3" as "float64" }, "sep=' ', dtype='U3'"],
  ["1 2", { sep: " ", count: 0 }, "sep=' ', count=0"],
  ["1 2", { sep: " ", count: -2 }, "sep=' ', count=-2"],
  ["1abc2", { sep: "abc" }, "sep='abc'"],
  ["1 abc 2", { sep: " abc " }, "sep=' abc '"],
  ["1abc2", { sep: " abc " }, "sep=' abc '"],
  ["1e5 2E-3 +4 .5 5.", { sep: " " }, "sep=' '"],
  ["1e 2", { sep: " " }, "sep=' '"],
  ["1d5", { sep: " " }, "sep=' '"],
  ["\n1\t2", { sep: " " }, "sep=' '"],
  ["1,2 3", { sep: "," }, "sep=','"],
];

type Raw = readonly [options: np.FromfileOptions, python: string];

const raws: readonly Raw[] = [
  [{ dtype: "int32" }, "'i4'"],
  [{ dtype: "int32", count: 2 }, "'i4', count=2"],
  [{ dtype: "int32", count: 9 }, "'i4', count=9"],
  [{ dtype: "int32", offset: 4 }, "'i4', offset=4"],
  [{ dtype: "int32", offset: 3, count: 1 }, "'i4', offset=3, count=1"],
  [{ dtype: "int32", offset: 100 }, "'i4', offset=100"],
  [{ dtype: "int32", offset: -1 }, "'i4', offset=-1"],
  [{ dtype: "int32", sep: " ", offset: 1 }, "'i4', sep=' ', offset=1"],
  [{ dtype: "int32", count: -5 }, "'i4', count=-5"],
  [{ dtype: [["a", "i4"]] }, "[('a','i4')]"],
  [{ dtype: "2i4" as "int32" }, "'2i4'"],
  [{}, "float"],
];

test("texts and bytes become NumPy's arrays", { skip }, () => {
  const cases: Case[] = texts.map(([text, options, python]) => ({
    arrays: [],
    run: () => np.fromstring(text, options),
    call: `np.fromstring(${JSON.stringify(text)}, ${python})`,
  }));
  for (const [options, python] of raws) {
    const run = () => np.fromfileSync(file, options as { readonly dtype: "int32" });
    cases.push({ arrays: [], run, call: `np.fromfile(${JSON.stringify(file)}, ${python})` });
  }
  eq(compare(cases, script), []);
});

test("bytes and texts are NumPy's", { skip }, () => {
  const arrays: readonly (readonly [np.ArrayInput, string])[] = [
    [np.arange(6n).reshape(2, 3).T, "np.arange(6).reshape(2,3).T"],
    [[1.5, 1e20, 0.1, Number.NaN, 2], "np.array([1.5,1e20,0.1,np.nan,2])"],
    [np.array([1.1, 2], "float32"), "np.array([1.1,2],'f4')"],
    [np.array([np.complex(1, 2), 3, np.complex(0, -1.5)]), "np.array([1+2j,3,complex(0,-1.5)])"],
    [[true, false], "np.array([True,False])"],
    [5n, "np.array(5)"],
    [[], "np.array([])"],
  ];
  const formats = ["", "sep=','", "sep=' ', format='%d'", "sep=', ', format='x%.3ey%%'"];
  const options = [{}, { sep: "," }, { sep: " ", format: "%d" }, { sep: ", ", format: "x%.3ey%%" }];
  const calls = arrays.flatMap(([a, python]) =>
    formats.map((format, k) => {
      const path = join(folder, "mine.bin");
      try {
        np.tofileSync(a, path, options[k]);
        return [python, format, readFileSync(path).toString("latin1")];
      } catch (error) {
        if (!np.isNdError(error)) throw error;
        return [python, format, "!"];
      }
    }),
  );
  const program = `
import json, sys
import numpy as np
def differs(given):
    array, options, got = given
    path = ${JSON.stringify(join(folder, "theirs.bin"))}
    try:
        eval(f"{array}.tofile(path, {options})", {"np": np, "path": path})
        want = open(path, "rb").read().decode("latin1")
    except Exception:
        want = "!"
    return None if got == want else [array, options, got, want]
json.dump([one for one in map(differs, json.load(sys.stdin)) if one], sys.stdout)`;
  const run = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-c", program], {
    input: JSON.stringify(calls),
  });
  eq(JSON.parse(String(run.stdout)), []);
});

test("the elements of any layout are written in C order, and come back from every kind of source", async () => {
  const path = join(folder, "layout.bin");
  for (const layout of Object.keys(layouts)) {
    for (const dtype of ["float64", "int64", "complex128", "struct"]) {
      const { strided, dense } = pair(layout, dtype);
      strided.tofileSync(path);
      assert.deepEqual(new Uint8Array(readFileSync(path)), dense.tobytes(), layout);
    }
  }
  const a = np.arange(1000);
  await a.tofile(path);
  const bytes = new Uint8Array(readFileSync(path));
  const stream = async function* () {
    for (let at = 0; at < bytes.length; at += 77) yield bytes.slice(at, at + 77);
  };
  for (const source of [path, bytes, new Blob([bytes]), new Response(bytes) as np.LoadSource, stream()]) {
    eq((await np.fromfile(source)).tolist(), a.tolist());
  }
  eq((await np.fromfile(stream(), { dtype: "float64", offset: 80, count: 3 })).tolist(), [10, 11, 12]);
  await assert.rejects(np.fromfile(stream(), { dtype: "int8", offset: 9000 }), /offset 9000/);
  eq((await np.fromfile(new Blob(["1, 2,3"]), { sep: "," })).tolist(), [1, 2, 3]);
});

test("matches become structures", async () => {
  const lines = "1312 foo\n1534  bar\n444   qux";
  const dtype = [
    ["num", "i8"],
    ["key", "S3"],
  ] as unknown as "float64";
  const a = await np.fromregex(new Blob([lines]), /(\d+)\s+(...)/, dtype);
  eq(np.field(a, "num").tolist(), [1312n, 1534n, 444n]);
  eq(a.itemsize, 11);
  eq(
    np
      .fromregexSync(["1 2", "3"], String.raw`\d+`, [["a", "f8"]])
      .field("a")
      .tolist(),
    [1, 2, 3],
  );
  eq(np.fromregexSync(["x"], /(\d)/, [["a", "f8"]]).shape, [0]);
  throws(() => np.fromregexSync(["1 2"], /(\d) (\d)/, [["a", "f8"]]), np.ValueError, /2 groups/);
  throws(() => np.fromregexSync(["1 2"], /(\d) (\d)/, "float64"), np.DTypeError, /no fields/);
  throws(() => np.fromregexSync(["1 x"], /\w/, [["a", "f8"]]), np.ValueError, /"x" at character 2/);
});

test("texts of any length are read", () => {
  const many = Array.from({ length: 10_000 }, (_, k) => k / 7);
  eq(np.fromstring(many.join(","), { sep: "," }).tolist(), many);
  eq(
    np
      .fromregexSync([many.join(",")], /[^,\s]+/, [["a", "f8"]])
      .field("a")
      .tolist(),
    many,
  );
});

test("no more is given than is there", () => {
  eq(np.fromstring("1 2", { sep: " ", count: 5 }).tolist(), [1, 2]);
});

test("errors say what is wrong, and leave files as they were", () => {
  throws(() => np.fromstring("1 2 x", { sep: " " }), np.ValueError, /character 4/);
  throws(() => np.fromstring("300", { sep: " ", dtype: "uint8" }), np.ValueError, /uint8/);
  throws(() => np.fromstring("1", { sep: "" }), np.ValueError, /frombuffer/);
  throws(() => np.fromfileSync(file, { dtype: "int32", offset: 0.5 }), np.ValueError, /offset 0.5/);
  throws(() => np.fromfileSync(file, { dtype: "int32", offset: 99 }), np.ValueError, /offset 99/);
  throws(() => np.fromfileSync(file, { dtype: "int32", count: 0.5 }), np.ValueError, /count 0.5/);
  throws(() => np.tofileSync([1], file, { sep: " ", format: "%q" }), np.ValueError, /%q/);
  throws(() => np.tofileSync([1.5], file, { sep: " ", format: "%x" }), np.DTypeError, /%x/);
  throws(() => np.tofileSync(np.zeros(1, [["a", "i4"]]), file, " "), np.DTypeError, /field/);
  eq(readFileSync(file).length, 21);
});
