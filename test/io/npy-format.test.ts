import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { skip } from "../ops/against-numpy.ts";

const { format } = np;
const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message));
}

const headers: readonly (readonly [np.format.HeaderData, string])[] = [
  [
    { descr: "<f4", fortranOrder: false, shape: [2, 3] },
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
  ],
  [
    { descr: "|b1", fortranOrder: true, shape: [7] },
    "{'descr': '|b1', 'fortran_order': True, 'shape': (7,)}",
  ],
  [
    { descr: "<c16", fortranOrder: false, shape: [] },
    "{'descr': '<c16', 'fortran_order': False, 'shape': ()}",
  ],
  [
    {
      descr: [
        ["a", "<i4"],
        ["b", "<f8", [2]],
      ],
      fortranOrder: false,
      shape: [1, 0],
    },
    "{'descr': [('a', '<i4'), ('b', '<f8', (2,))], 'fortran_order': False, 'shape': (1, 0)}",
  ],
];

test("headers are NumPy's to the byte", { skip }, () => {
  const program = `
import io, json, sys
import numpy as np
out = []
for text in json.load(sys.stdin):
    for write in (np.lib.format.write_array_header_1_0, np.lib.format.write_array_header_2_0):
        file = io.BytesIO()
        write(file, eval(text))
        out.append(file.getvalue().hex())
json.dump(out, sys.stdout)`;
  const input = JSON.stringify(headers.map(([, text]) => text));
  const run = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-c", program], { input });
  const mine = headers.flatMap(([header]) => [
    format.writeArrayHeader10(header),
    format.writeArrayHeader20(header),
  ]);
  eq(
    mine.map((bytes) => Buffer.from(bytes).toString("hex")),
    JSON.parse(String(run.stdout)),
  );
});

test("what is written is read again", () => {
  for (const [header] of headers) {
    const one = format.writeArrayHeader10(header);
    const two = format.writeArrayHeader20(header);
    eq(
      [format.readMagic(one), format.readMagic(two)],
      [
        [1, 0],
        [2, 0],
      ],
    );
    for (const [shape, fortranOrder, dtype, end] of [
      format.readArrayHeader10(one),
      format.readArrayHeader20(two),
    ]) {
      eq(
        [shape, fortranOrder, format.dtypeToDescr(dtype)],
        [header.shape, header.fortranOrder, header.descr],
      );
      eq(end % format.ARRAY_ALIGN, 0);
    }
  }
  eq(format.headerDataFromArray10(np.zeros([2, 3]).T), { descr: "<f8", fortranOrder: true, shape: [3, 2] });
  eq(format.descrToDtype(["<i4", [2]]).itemsize, 8);
  eq([...format.magic(3, 0)], [...format.MAGIC_PREFIX, 3, 0]);
  eq(
    [format.MAGIC_LEN, format.BUFFER_SIZE, format.GROWTH_AXIS_MAX_DIGITS, [...format.EXPECTED_KEYS]],
    [8, 262144, 21, ["descr", "fortran_order", "shape"]],
  );
});

test("what is wrong is named", () => {
  throws(() => format.magic(256, 0), np.ValueError, /256/);
  throws(() => format.readMagic(new Uint8Array(3)), np.ValueError, /3 are there/);
  throws(() => format.readMagic(new Uint8Array(8)), np.ValueError, /NUMPY/);
  throws(() => format.readArrayHeader10(format.magic(1, 0)), np.ValueError, /readArrayHeader10/);
  throws(() => format.readArrayHeader10(format.magic(1, 0), 9), np.ValueError, /start 9/);
  throws(() => format.descrToDtype(5), np.DTypeError, /5/);
  const names = Array.from({ length: 5000 }, (_, k) => [`a long name ${k}`, "<f8"] as const);
  throws(
    () => format.writeArrayHeader10({ descr: names, fortranOrder: false, shape: [] }),
    np.ValueError,
    /1.0/,
  );
});

test("facts about dtypes", () => {
  eq(np.littleEndian, true);
  eq(np.typecodes.AllFloat, "efdFD");
  for (const letter of np.typecodes.AllInteger + np.typecodes.AllFloat)
    assert.ok(np.dtype(letter as "d").itemsize > 0);
  const common = (...names: ("float16" | "float32" | "int8" | "complex64" | "uint64")[]) =>
    np.commonType(...names.map((name) => np.zeros(1, name))).name;
  eq(
    [common(), common("float16"), common("int8"), common("float32", "complex64")],
    ["float16", "float16", "float64", "complex64"],
  );
  eq([common("float32", "int8"), common("complex64", "uint64")], ["float64", "complex128"]);
  throws(() => np.commonType(np.zeros(1, "bool")), np.DTypeError, /bool/);
});

test("abstract dtypes stand where NumPy has them", () => {
  const above: readonly (readonly [string, string, boolean])[] = [
    ["int8", "integer", true],
    ["int8", "signedinteger", true],
    ["uint8", "signedinteger", false],
    ["uint8", "unsignedinteger", true],
    ["float16", "floating", true],
    ["float64", "inexact", true],
    ["complex64", "complexfloating", true],
    ["complex64", "inexact", true],
    ["complex64", "floating", false],
    ["bool", "number", false],
    ["bool", "generic", true],
    ["int32", "number", true],
    ["V4", "flexible", true],
    ["V4", "character", false],
    ["U3", "character", true],
    ["S3", "flexible", true],
    ["integer", "number", true],
    ["number", "integer", false],
    ["character", "generic", true],
  ];
  for (const [a, b, is] of above) eq(np.issubdtype(a as "int8", b as "integer"), is);
});
