import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as np from "../../src/index.ts";
import { type Case, compare, skip } from "../ops/against-numpy.ts";

const script = fileURLToPath(new URL("numpy_text.py", import.meta.url));
const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message));
}

type Row = readonly [lines: readonly string[], options: np.LoadtxtOptions, python?: string];

const pair = [
  ["a", "i4"],
  ["b", "f8"],
] as const;

/** Lines, options, and the same options in Python. */
const rows: readonly Row[] = [
  [[], {}],
  [[], { ndmin: 2 }, "ndmin=2"],
  [["# x"], { ndmin: 1 }, "ndmin=1"],
  [["1"], {}],
  [["1 2"], {}],
  [["1", "2"], {}],
  [["1 2", "3 4"], {}],
  [["1"], { ndmin: 1 }, "ndmin=1"],
  [["1"], { ndmin: 2 }, "ndmin=2"],
  [["1", "2"], { ndmin: 2 }, "ndmin=2"],
  [["1 2"], { ndmin: 2 }, "ndmin=2"],
  [["1 2"], { ndmin: 2, unpack: true }, "ndmin=2, unpack=True"],
  [["1 2", "3 4"], { unpack: true }, "unpack=True"],
  [["1 2", "3 4"], { ndmin: 3 as 2 }, "ndmin=3"],
  [["1 2", "3"], {}],
  [["1 x"], {}],
  [["1,2,"], { delimiter: "," }, "delimiter=','"],
  [["1,,2"], { delimiter: "," }, "delimiter=','"],
  [["1, 2 ,3"], { delimiter: "," }, "delimiter=','"],
  [["1 2 # c", "", "  ", "3 4#d"], {}],
  [["1,2", "", "3,4"], { delimiter: "," }, "delimiter=','"],
  [["1,2", " ", "3,4"], { delimiter: "," }, "delimiter=','"],
  [["1 2 // c", "3 4"], { comments: "//" }, "comments='//'"],
  [["1 2 // c", "3 4 % x"], { comments: ["//", "%"] }, "comments=['//','%']"],
  [["1 2 # c"], { comments: null }, "comments=None"],
  [["1 2"], { comments: [] }, "comments=[]"],
  [["1 2"], { delimiter: "ab" }, "delimiter='ab'"],
  [["1 2"], { delimiter: "" }, "delimiter=''"],
  [["1 2 3"], { usecols: 1 }, "usecols=1"],
  [["1 2 3"], { usecols: [0, -1] }, "usecols=(0,-1)"],
  [["1 2 3"], { usecols: [2, 2, 0] }, "usecols=(2,2,0)"],
  [["1 2 3"], { usecols: [0, 5] }, "usecols=(0,5)"],
  [["1 2 3"], { usecols: [0, -5] }, "usecols=(0,-5)"],
  [["1 2 3"], { usecols: [0, 1.5] }, "usecols=(0,1.5)"],
  [["1 2 3", "4 5"], { usecols: [0, 1] }, "usecols=(0,1)"],
  [["1.5 2"], { dtype: "int64" }, "dtype=int"],
  [["9223372036854775807 -9223372036854775808 0 -1 9007199254740993"], { dtype: "int64" }, "dtype=int"],
  [["9223372036854775808"], { dtype: "int64" }, "dtype=int"],
  [["18446744073709551615 +5 4294967296"], { dtype: "uint64" }, "dtype='u8'"],
  [["-1"], { dtype: "uint64" }, "dtype='u8'"],
  [["-1"], { dtype: "uint8" }, "dtype='u1'"],
  [["256"], { dtype: "uint8" }, "dtype='u1'"],
  [["-128 127 +0 -0 007"], { dtype: "int8" }, "dtype='i1'"],
  [["1_000"], {}],
  [["nan inf -inf Infinity NaN iNf -nan +inf"], {}],
  [["0x10"], {}],
  [[".5 5. 1e5 1E-5 +3 -0 -0.0 1e+3"], {}],
  [["."], {}],
  [["1e"], {}],
  [["1e+"], {}],
  [["--1"], {}],
  [["1e400 -1e400 1e-400 1e22 1e23 123456789012345678e-10 0.1 2.2250738585072011e-308"], {}],
  [["1 0 5 -1"], { dtype: "bool" }, "dtype=bool"],
  [["True False"], { dtype: "bool" }, "dtype=bool"],
  [["1.0"], { dtype: "bool" }, "dtype=bool"],
  [["1+2j (1-2j) 3 4j 1e-3-2e+5j -1j nan+infj"], { dtype: "complex128" }, "dtype=complex"],
  [["1+2j"], { dtype: "complex64" }, "dtype='F'"],
  [["j"], { dtype: "complex128" }, "dtype=complex"],
  [["1+2i"], { dtype: "complex128" }, "dtype=complex"],
  [["( 1-2j ) "], { dtype: "complex128", delimiter: "," }, "dtype=complex, delimiter=','"],
  [["1 2.5", "3 4"], { dtype: pair }, "dtype=[('a','i4'),('b','f8')]"],
  [["1 2.5"], { dtype: pair }, "dtype=[('a','i4'),('b','f8')]"],
  [["1 2.5"], { dtype: pair, ndmin: 1 }, "dtype=[('a','i4'),('b','f8')], ndmin=1"],
  [["1 2.5"], { dtype: pair, ndmin: 2 }, "dtype=[('a','i4'),('b','f8')], ndmin=2"],
  [["1 2 3"], { dtype: pair }, "dtype=[('a','i4'),('b','f8')]"],
  [["1 2 3"], { dtype: pair, usecols: [0, 2] }, "dtype=[('a','i4'),('b','f8')], usecols=(0,2)"],
  [[], { dtype: pair }, "dtype=[('a','i4'),('b','f8')]"],
  [
    ["1 2 3 4", "5 6 7 8"],
    {
      dtype: [
        ["a", "i4"],
        [
          "b",
          [
            ["c", "f8"],
            ["d", "f4", [2]],
          ],
        ],
      ],
    },
    "dtype=[('a','i4'),('b',[('c','f8'),('d','f4',(2,))])]",
  ],
  [["1 2"], { dtype: "2i4" as "int32" }, "dtype='2i4'"],
  [["1 2"], { converters: (s) => Number(s) + 1 }, "converters=lambda s: float(s)+1"],
  [["1 2"], { converters: { 1: (s) => Number(s) + 1 } }, "converters={1:lambda s: float(s)+1}"],
  [
    ["1 2"],
    { converters: new Map([[-1, (s: string) => Number(s) + 1]]) },
    "converters={-1:lambda s: float(s)+1}",
  ],
  [["1 2"], { converters: { 5: Number } }, "converters={5:float}"],
  [["1 2"], { converters: { 1: () => "x" } }, "converters={1:lambda s:'x'}"],
  [["1 2"], { converters: { 1: () => np.complex(0, 1) } }, "converters={1:lambda s:1j}"],
  [["1 2 3"], { converters: { 2: () => 7 }, usecols: [0, 2] }, "converters={2:lambda s:7}, usecols=(0,2)"],
  [["1 2"], { converters: { 1: () => 1.5 }, dtype: "int64" }, "converters={1:lambda s:1.5}, dtype=int"],
  [["a b", "1 2", "3 4"], { skiprows: 1 }, "skiprows=1"],
  [["# a", "1 2", "3 4"], { skiprows: 2 }, "skiprows=2"],
  [["1 2", "", "3 4", "5 6"], { maxRows: 2 }, "max_rows=2"],
  [["1 2", "3 4"], { maxRows: 0 }, "max_rows=0"],
  [["1 2", "3 4"], { skiprows: -1 }, "skiprows=-1"],
  [["1 2", "3 4"], { maxRows: -1 }, "max_rows=-1"],
  [['"1" 2', '3 "4"'], { quotechar: '"' }, "quotechar='\"'"],
  [["'1','2.5'"], { quotechar: "'", delimiter: "," }, "quotechar=\"'\", delimiter=','"],
  [["1\t2 3"], {}],
  [["1\t 2", "3\t4"], { delimiter: "\t" }, "delimiter='\\t'"],
  [["1 2 "], { delimiter: " " }, "delimiter=' '"],
  [["1\u20032\u00a03"], {}],
  [["1|2"], { delimiter: "#" }, "delimiter='#'"],
  [["1|2"], { delimiter: "\n" }, "delimiter='\\n'"],
  [["1|2"], { quotechar: "''" }, "quotechar=\"''\""],
  [["1"], { comments: "" }, "comments=''"],
  [["65504 65520 1e-8 0.1"], { dtype: "float16" }, "dtype='f2'"],
  [["16777217 0.1 1e39"], { dtype: "float32" }, "dtype='f4'"],
  [["  1   2  ", "\t3 4 "], {}],
  [["x 1", "yy 2"], { dtype: "U" as "float64" }, "dtype=str"],
  [["x 1", "yy 2"], { dtype: "U1" as "float64" }, "dtype='U1'"],
  [["x 1", "yy 2"], { dtype: "S1" as "float64" }, "dtype='S1'"],
  [["x 1", "yy 2"], { dtype: "S" as "float64" }, "dtype='S'"],
  [["2020-01-01 2021-02-03"], { dtype: "M8[D]" as "float64" }, "dtype='M8[D]'"],
  [
    ['"a,b",c', 'd,"e""f"'],
    { dtype: "U9" as "float64", delimiter: ",", quotechar: '"' },
    "dtype='U9', delimiter=',', quotechar='\"'",
  ],
  [
    ["ab 1", "cde 2"],
    {
      dtype: [
        ["s", "U2"],
        ["n", "i4"],
      ] as unknown as "float64",
    },
    "dtype=[('s','U2'),('n','i4')]",
  ],
];

test("lines become NumPy's arrays", { skip }, () => {
  const cases = rows.map(
    ([lines, options, python]): Case => ({
      arrays: [],
      run: () => np.loadtxtSync(lines, options),
      call: `np.loadtxt(${JSON.stringify(lines)}${python === undefined ? "" : `, ${python}`})`,
    }),
  );
  eq(compare(cases, script), []);
});

test("floats and integers are read exactly", () => {
  let state = 7;
  const next = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const texts: string[] = [];
  for (let k = 0; k < 20_000; k++) {
    const x = (next() - 0.5) * 10 ** Math.floor(next() * 60 - 30);
    texts.push(
      String(x),
      x.toExponential(Math.floor(next() * 20)),
      x.toPrecision(1 + Math.floor(next() * 20)),
    );
  }
  const got = np.loadtxtSync([texts.join(" ")]).tolist() as number[];
  for (const [k, text] of texts.entries()) assert.ok(Object.is(got[k], Number(text)), text);
});

const text = "# head\n1 2\r\n3 4\n\n5 6";
const expected = [
  [1, 2],
  [3, 4],
  [5, 6],
];

test("text comes from every kind of source, in pieces of any length", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ndview-"));
  const path = join(folder, "a.txt");
  const bytes = new TextEncoder().encode(text);
  try {
    writeFileSync(path, text);
    writeFileSync(`${path}.gz`, gzipSync(text));
    for (const from of [
      path,
      `${path}.gz`,
      pathToFileURL(path),
      bytes,
      gzipSync(text),
      text.split(/\r?\n/),
    ]) {
      eq(np.loadtxtSync(from).tolist(), expected);
      eq((await np.loadtxt(from)).tolist(), expected);
    }
    eq((await np.loadtxt(new Blob([text]))).tolist(), expected);
    eq((await np.loadtxt(new Response(text) as np.TextSource)).tolist(), expected);
    for (let size = 1; size < 9; size++) {
      const stream = (async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
      })();
      eq((await np.loadtxt(stream)).tolist(), expected);
    }
    const calls: [number, number | null][] = [];
    np.loadtxtSync(path, { onProgress: (done, total) => calls.push([done, total]) });
    eq(calls.at(-1), [bytes.length, bytes.length]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an end of a line ends it wherever it stands, and a byte order mark is dropped", async () => {
  eq(np.loadtxtSync(["1 2\n3 4"]).tolist(), [
    [1, 2],
    [3, 4],
  ]);
  eq(np.loadtxtSync(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)).tolist(), 1);
  eq((await np.loadtxt([])).shape, [0]);
});

test("how bytes stand for characters is asked for", () => {
  const latin = Uint8Array.of(0x31, 0xa0, 0x32);
  eq(np.loadtxtSync(latin, { encoding: "latin1" }).tolist(), [1, 2]);
  throws(() => np.loadtxtSync(latin), np.ValueError, /not utf-8/);
  throws(() => np.loadtxtSync(latin, { encoding: "ascii" }), np.ValueError, /ASCII/);
  throws(() => np.loadtxtSync(latin, { encoding: "klingon" }), np.ValueError, /klingon/);
  eq(np.loadtxtSync(Uint8Array.of(0x31, 0, 0x20, 0, 0x32, 0), { encoding: "utf-16le" }).tolist(), [1, 2]);
});

test("errors name the line and the column", () => {
  throws(() => np.loadtxtSync(["1 2", "# c", "3 x"]), np.ValueError, /"x" in line 3, column 2/);
  throws(() => np.loadtxtSync(["1 2", "3"]), np.ValueError, /line 2 has 1 fields/);
  throws(() => np.loadtxtSync(["1 2"], { usecols: [4] }), np.ValueError, /line 1 has 2 fields/);
  throws(() => np.loadtxtSync(["1"], { skiprows: 0.5 }), np.ValueError, /skiprows 0.5/);
  throws(() => np.loadtxtSync(["1"], { maxRows: -2 }), np.ValueError, /maxRows -2/);
  throws(() => np.loadtxtSync(["1"], { delimiter: ", " }), np.DTypeError, /delimiter/);
  throws(() => np.loadtxtSync(["1"], "V4" as never), np.DTypeError, /V4|void/);
  const wide = [["a", [["b", "f8", [5000]]], [5000]]] as unknown as "float64";
  throws(() => np.loadtxtSync(["1"], wide), np.ValueError, /columns/);
  throws(() => np.loadtxtSync([7 as never]), np.ValueError, /line 1/);
  throws(() => np.loadtxtSync(5 as never), np.ValueError, /path/);
  throws(() => np.loadtxtSync(gzipSync("1 2 3").subarray(0, 12)), np.ValueError, /gzip/);
});

test("quotes hold delimiters, comments and ends of lines", () => {
  const read = (lines: string, converters: np.Converter) =>
    np
      .loadtxtSync(new TextEncoder().encode(lines), { delimiter: ",", quotechar: '"', converters, ndmin: 2 })
      .tolist();
  const lengths = (field: string) => field.length;
  eq(read('"a,b#c",x\n"1\n22",3 # c\n"say ""x""",""', lengths), [
    [5, 1],
    [4, 2],
    [7, 0],
  ]);
  eq(read('"open,1', lengths), [[6]]);
});

test("a line that comes in many pieces is read once", () => {
  const long = `${"1 ".repeat(400_000)}\n`;
  const before = performance.now();
  eq(np.loadtxtSync(new TextEncoder().encode(long.repeat(2))).shape, [2, 400_000]);
  assert.ok(performance.now() - before < 5000);
});
