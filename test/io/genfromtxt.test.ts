import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as np from "../../src/index.ts";
import { type Case, compare, skip } from "../ops/against-numpy.ts";

const script = fileURLToPath(new URL("numpy_text.py", import.meta.url));
const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message));
}

type Row = readonly [lines: readonly string[], options: np.GenfromtxtOptions, python?: string];
const comma = { delimiter: "," } as const;
const abc = [
  ["a", "i4"],
  ["b", "f8"],
  ["c", "i2"],
] as const;

/** Lines, options, and the same options in Python. */
const rows: readonly Row[] = [
  [[], {}],
  [["1 2", "3 4"], {}],
  [["1 2", "3 x"], {}],
  [["1,2", "3,"], comma, "delimiter=','"],
  [["1,2", "3,"], { ...comma, dtype: "int64" }, "delimiter=',', dtype=int"],
  [["1,2", "3,1.5"], { ...comma, dtype: "int64" }, "delimiter=',', dtype=int"],
  [["1,2", "3,300"], { ...comma, dtype: "uint8" }, "delimiter=',', dtype='u1'"],
  [["1,2", "3,"], { ...comma, dtype: "uint8" }, "delimiter=',', dtype='u1'"],
  [
    ["1,2", "3,"],
    { ...comma, dtype: "int64", fillingValues: 7 },
    "delimiter=',', dtype=int, filling_values=7",
  ],
  [["1,2", "3,"], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [["1,2", "3,4.5"], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [["1,a", "3,bcd"], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [["a b", "1 2"], { names: true }, "names=True"],
  [["# a b", "1 2"], { names: true }, "names=True"],
  [["", "#a b", "1 2", "3 4"], { names: true, dtype: null }, "names=True, dtype=None"],
  [["1 2", "3 4"], { names: "x,y" }, "names='x,y'"],
  [["1 2", "3 4"], { names: ["x", "y z"], dtype: "int64" }, "names=['x','y z'], dtype=int"],
  [["1 2", "3 4"], { names: "x" }, "names='x'"],
  [["True False", "false 1"], { dtype: null }, "dtype=None"],
  [["True", "false"], { dtype: null }, "dtype=None"],
  [["1 2 3", "4 5"], {}],
  [["1 2 3", "4 5"], { invalidRaise: false }, "invalid_raise=False"],
  [["1 2 3", "4 5", "6 7 8"], { skipFooter: 1 }, "skip_footer=1"],
  [["1 2 3", "4 5 6", "6 7"], { skipFooter: 1 }, "skip_footer=1"],
  [["1 2", "3 4", "5 6"], { skipFooter: 2 }, "skip_footer=2"],
  [["1 2", "3 4", "5 6"], { skipHeader: 1 }, "skip_header=1"],
  [["1 2", "3 4", "5 6"], { maxRows: 2 }, "max_rows=2"],
  [["1 2", "3 4", "5 6"], { maxRows: 0 }, "max_rows=0"],
  [["1 2", "3 4"], { maxRows: 1, skipFooter: 1 }, "max_rows=1, skip_footer=1"],
  [["1 2 3", "4 5 6"], { usecols: [0, -1] }, "usecols=(0,-1)"],
  [["a b c", "4 5 6"], { usecols: ["a", "c"], names: true }, "usecols=('a','c'), names=True"],
  [["a b c", "4 5 6"], { usecols: "a, c", names: true }, "usecols='a, c', names=True"],
  [["4 5 6"], { usecols: 1 }, "usecols=1"],
  [["1 2", "3"], { usecols: 0 }, "usecols=0"],
  [["1 2", "3"], { usecols: 1 }, "usecols=1"],
  [["1234567890"], { delimiter: 3 }, "delimiter=3"],
  [["1234567890"], { delimiter: [2, 3, 4] }, "delimiter=[2,3,4]"],
  [["1::2::3"], { delimiter: "::" }, "delimiter='::'"],
  [[" 1 , 2 "], { ...comma, dtype: "U5" as "float64" }, "delimiter=',', dtype='U5'"],
  [
    [" 1 , 2 "],
    { ...comma, dtype: "U5" as "float64", autostrip: true },
    "delimiter=',', dtype='U5', autostrip=True",
  ],
  [
    ["1,N/A"],
    { ...comma, missingValues: "N/A", fillingValues: -1 },
    "delimiter=',', missing_values='N/A', filling_values=-1",
  ],
  [
    ["1,N/A"],
    { ...comma, missingValues: "N/A", dtype: null },
    "delimiter=',', missing_values='N/A', dtype=None",
  ],
  [["1,N/A"], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [
    ["1,N/A", "2,3"],
    { ...comma, missingValues: { 1: "N/A" }, fillingValues: { 1: 9 }, dtype: null },
    "delimiter=',', missing_values={1:'N/A'}, filling_values={1:9}, dtype=None",
  ],
  [["1,N/A"], { ...comma, loose: false }, "delimiter=',', loose=False"],
  [
    ["1,N/A"],
    { ...comma, loose: false, missingValues: "N/A" },
    "delimiter=',', loose=False, missing_values='N/A'",
  ],
  [
    ["1,x,NA"],
    { ...comma, loose: false, missingValues: ["-", "x", "NA"] },
    "delimiter=',', loose=False, missing_values=['-','x','NA']",
  ],
  [["1 2"], { converters: { 1: (s) => Number(s) * 2 } }, "converters={1:lambda s: float(s)*2}"],
  [
    ["1 2"],
    { converters: { 1: (s) => BigInt(s) }, dtype: null },
    "converters={1:lambda s: int(s)}, dtype=None",
  ],
  [["a b", "1 2"], { converters: { b: () => 7 }, names: true }, "converters={'b':lambda s: 7.}, names=True"],
  [["1 2", "3 4"], { unpack: true }, "unpack=True"],
  [["1 2", "3 4"], { dtype: "i4,f8" as "float64" }, "dtype='i4,f8'"],
  [["1 2", "3 4"], { dtype: "i4,f8" as "float64", names: "a,b" }, "dtype='i4,f8', names='a,b'"],
  [["1 2", "3 4"], { dtype: "i4,f8" as "float64", defaultfmt: "v%02i" }, "dtype='i4,f8', defaultfmt='v%02i'"],
  [["1 2", "3 4"], { dtype: null, defaultfmt: "v%02i" }, "dtype=None, defaultfmt='v%02i'"],
  [["1 2.5", "3 4"], { dtype: null, defaultfmt: "v%02i" }, "dtype=None, defaultfmt='v%02i'"],
  [
    ["1 2 3"],
    {
      dtype: [
        ["a", "i4"],
        ["b", "f8", 2],
      ],
    },
    "dtype=[('a','i4'),('b','f8',2)]",
  ],
  [["1 2 3"], { dtype: abc, usecols: [0, 2] }, "dtype=[('a','i4'),('b','f8'),('c','i2')], usecols=(0,2)"],
  [["a,b c,d!,print,,a", "1,2,3,4,5,6"], { ...comma, names: true }, "delimiter=',', names=True"],
  [
    ["aB,b c", "1,2"],
    { ...comma, names: true, caseSensitive: false },
    "delimiter=',', names=True, case_sensitive=False",
  ],
  [
    ["aB,b c", "1,2"],
    { ...comma, names: true, caseSensitive: "lower", replaceSpace: "-", deletechars: "" },
    "delimiter=',', names=True, case_sensitive='lower', replace_space='-', deletechars=''",
  ],
  [
    ["aB,b c", "1,2"],
    { ...comma, names: true, excludelist: ["aB"] },
    "delimiter=',', names=True, excludelist=['aB']",
  ],
  [["1 2", "# c", "", "3 4"], {}],
  [["1 2 # c", "3 4"], {}],
  [["1 2", "3 4"], { comments: null }, "comments=None"],
  [["1 2 // x", "3 4"], { comments: "//" }, "comments='//'"],
  [["1"], {}],
  [["1"], { ndmin: 2 }, "ndmin=2"],
  [["1 2"], { ndmin: 2 }, "ndmin=2"],
  [["1+2j 3"], { dtype: null }, "dtype=None"],
  [["1+2j x"], { dtype: "complex128" }, "dtype=complex"],
  [["99999999999999999999 3"], { dtype: null }, "dtype=None"],
  [["1e5 3"], { dtype: null }, "dtype=None"],
  [["1_0 3"], {}],
  [[",", ","], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [[",1", ",2"], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [["True,1", ",2"], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [["1,a", "2,"], { ...comma, dtype: null }, "delimiter=',', dtype=None"],
  [["a b c", "d e f"], { dtype: null }, "dtype=None"],
  [["a", "bcd"], { dtype: null }, "dtype=None"],
  [["1,,3"], { ...comma, fillingValues: [7, 8, 9] }, "delimiter=',', filling_values=[7,8,9]"],
  [
    ["1,,3"],
    { ...comma, fillingValues: { b: 5 }, names: "a,b,c" },
    "delimiter=',', filling_values={'b':5}, names='a,b,c'",
  ],
  [["true,False,", "1,x,TRUE"], { ...comma, dtype: "bool" }, "delimiter=',', dtype=bool"],
  [["nan inf"], { dtype: null }, "dtype=None"],
  [["0.1 7"], { dtype: "float32" }, "dtype='f4'"],
  [["xyz"], { dtype: "U" as "float64" }, "dtype='U'"],
  [["xyz 1"], { dtype: "U2" as "float64" }, "dtype='U2'"],
];

test("lines with gaps become NumPy's arrays", { skip }, () => {
  const cases = rows.map(
    ([lines, options, python]): Case => ({
      arrays: [],
      run: () => np.genfromtxtSync(lines, options),
      call: `np.genfromtxt(${JSON.stringify(lines)}, encoding=None${python === undefined ? "" : `, ${python}`})`,
    }),
  );
  eq(compare(cases, script), []);
});

test("names are those that NumPy makes", () => {
  const names = (line: string, options: np.GenfromtxtOptions) =>
    np.genfromtxtSync([line, line.replace(/[^,]+/g, "1")], {
      ...comma,
      names: true,
      ...options,
      unpack: false,
    }).dtype.names;
  eq(names("a,b c,d!,print,,a", {}), ["a", "b_c", "d", "print_", "f0", "a_1"]);
  eq(names("aB,b c", { caseSensitive: false }), ["AB", "B_C"]);
  eq(names("aB,b c", { caseSensitive: "lower", replaceSpace: "-", deletechars: "" }), ["ab", "b-c"]);
  eq(names("aB,b c", { excludelist: ["aB"] }), ["aB_", "b_c"]);
});

test("columns are given one by one", async () => {
  const [x, y] = (await np.genfromtxt(new Blob(["x y\n1 2\n3 4\n"]), {
    names: true,
    unpack: true,
  } as object)) as unknown as np.NDArray[];
  eq(
    [x!.tolist(), y!.tolist()],
    [
      [1, 3],
      [2, 4],
    ],
  );
});

test("what converters give is cast, and integers beside text are text", () => {
  eq(np.genfromtxtSync(["1 2"], { converters: { 1: () => 7n } }).dtype.name, "float64");
  const mixed = np.genfromtxtSync(["a,1", "b,x"], { ...comma, dtype: null, names: "p,q" });
  eq(np.field(mixed, "q").tolist(), ["1", "x"]);
});

test("errors name lines and columns", () => {
  throws(() => np.genfromtxtSync(["1 2", "# c", "3"]), np.ValueError, /line 3 has 1 fields instead of 2/);
  throws(
    () => np.genfromtxtSync(["1,x"], { ...comma, loose: false }),
    np.ValueError,
    /"x" in line 1, column 2/,
  );
  throws(() => np.genfromtxtSync(["1 300"], "uint8"), np.ValueError, /line 1, column 2.*300/);
  throws(() => np.genfromtxtSync(["1 2"], { usecols: "q", names: "a,b" }), np.ValueError, /"q"/);
  throws(() => np.genfromtxtSync(["1 2"], { delimiter: -1 }), np.ValueError, /width/);
  throws(() => np.genfromtxtSync(["1 2"], { skipHeader: -1 }), np.ValueError, /skipHeader/);
  throws(() => np.genfromtxtSync(["1 2"], { converters: { 5: Number } }), np.IndexError, /column "5"/);
  throws(() => np.genfromtxtSync(["1 2"], { names: "a,", defaultfmt: "x" }), np.ValueError, /defaultfmt/);
  throws(() => np.genfromtxtSync(["1 2"], "V4" as never), np.DTypeError, /V4/);
});
