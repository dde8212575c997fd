import assert from "node:assert/strict";
import { test } from "node:test";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { isNdError } from "../../src/errors.ts";
import { headerBytes, npyHeader } from "../../src/io/header.ts";
import { bytes } from "./arrays.ts";

/** A header with any text, of any version. */
function header(text: string | Uint8Array, version = 1): Uint8Array {
  const body = typeof text === "string" ? bytes(text) : text;
  const length = [body.length & 0xff, (body.length >> 8) & 0xff, (body.length >> 16) & 0xff, 0];
  return bytes("\x93NUMPY", version, 0, Uint8Array.from(length.slice(0, version === 1 ? 2 : 4)), body);
}

function dict(descr: string, shape = "(2,)", order = "False"): string {
  return `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
}

test("a header says dtype, shape, order, and where the data is", () => {
  const read = npyHeader(header(dict("'<f4'", "(2, 3)", "True")));
  assert.equal(read.version, 1);
  assert.equal(read.dtype, toDescriptor("f4"));
  assert.deepEqual(read.shape, [2, 3]);
  assert.equal(read.fortranOrder, true);
  assert.equal(read.nbytes, 24);
  assert.equal(read.dataOffset, header(dict("'<f4'", "(2, 3)", "True")).length);
});

const descrs: readonly (readonly [descr: string, dtype: string])[] = [
  ["'<f4'", "float32"],
  ["'>f4'", "float32"],
  ["'=f4'", "float32"],
  ["'f4'", "float32"],
  ["'|b1'", "bool"],
  ["'?'", "bool"],
  ["'>c16'", "complex128"],
  ["'|V4'", "|V4"],
  ["[('x', '<f4')]", "[('x', '<f4')]"],
  ["[('x', '>f4'), ('y', '|u1', (2,))]", "[('x', '<f4'), ('y', 'u1', (2,))]"],
  ["[('x', '<f4', 2)]", "[('x', '<f4', (2,))]"],
  ["[('x', '<f4'), ('', '|V4')]", "{'names': ['x'], 'formats': ['<f4'], 'offsets': [0], 'itemsize': 8}"],
  ["[(('title', 'x'), '<f4')]", "[('x', '<f4')]"],
  ["[('p', [('x', '<f4'), ('y', '<f4')])]", "[('p', [('x', '<f4'), ('y', '<f4')])]"],
  ["[('p', ([('x', '<f4'), ('y', '<f4')], (2,)))]", "[('p', [('x', '<f4'), ('y', '<f4')], (2,))]"],
  ["[('p', ('<f4', (2,)), (3,))]", "[('p', '<f4', (3, 2))]"],
  ["[]", "[]"],
];

test("every descr becomes the native dtype", () => {
  for (const [descr, dtype] of descrs)
    assert.equal(String(npyHeader(header(dict(descr))).dtype), dtype, descr);
});

test("versions 2 and 3 have longer lengths, version 3 is UTF-8", () => {
  const text = dict("[('é', '<f4')]");
  assert.deepEqual(npyHeader(header(text, 2)).dtype.names, ["é"]);
  assert.deepEqual(npyHeader(header(new TextEncoder().encode(text), 3)).dtype.names, ["é"]);
  assert.throws(() => npyHeader(header(text, 3)), /not UTF-8/);
});

test("Python 2 wrote lengths with an L", () => {
  assert.deepEqual(npyHeader(header(dict("'<f4'", "(2L, 3L)"))).shape, [2, 3]);
});

const wrong: readonly (readonly [what: string, given: Uint8Array, message: RegExp])[] = [
  ["nothing", bytes(), /does not start with/],
  ["another file", bytes("PK\x03\x04aaaaaaaaaaaaa"), /does not start with/],
  ["the magic alone", bytes("\x93NUMPY"), /ends inside of the header/],
  ["version 4", bytes("\x93NUMPY", 4, 0, "\x02\x00{}"), /version 4\.0 of the format is not known/],
  ["version 1.1", bytes("\x93NUMPY", 1, 1, "\x02\x00{}"), /version 1\.1/],
  ["no length", bytes("\x93NUMPY", 1, 0, "\x02"), /ends inside of the header: 2 bytes should follow, 1 do/],
  ["a length beyond the file", bytes("\x93NUMPY", 1, 0, "\xff\xff{}"), /65535 bytes should follow, 2 do/],
  ["a huge length", bytes("\x93NUMPY", 2, 0, "\xff\xff\xff\xff{}"), /claims to have 4294967295 bytes/],
  ["no dict", header("(1, 2)"), /not a dict/],
  ["no Python", header("{'descr': open('x')}"), /cannot be parsed: wanted/],
  ["another key", header("{'descr': '<f4', 'fortran_order': False, 'size': (2,)}"), /has the keys/],
  ["a key too many", header(`${dict("'<f4'").slice(0, -1)}'x': 1}`), /has the keys/],
  ["an order that is no bool", header(dict("'<f4'", "(2,)", "0")), /neither True nor False/],
  ["a shape that is a list", header(dict("'<f4'", "[2]")), /shape is not a tuple/],
  ["a shape that is a number", header(dict("'<f4'", "(2)")), /shape is not a tuple/],
  ["a negative length", header(dict("'<f4'", "(2, -3)")), /shape holds -3, which is negative/],
  ["a length that is a bool", header(dict("'<f4'", "(True,)")), /which is no integer/],
  ["a length beyond every number", header(dict("'<f4'", "(99999999999999999999,)")), /too large/],
  ["a product beyond every number", header(dict("'|u1'", `(${"2097152, ".repeat(3)})`)), /too large/],
  ["the same behind a 0", header(dict("'|u1'", `(0, ${"2097152, ".repeat(3)})`)), /too large/],
  ["65 axes", header(dict("'|u1'", `(${"1, ".repeat(65)})`)), /65 axes/],
  ["objects", header(dict("'|O'")), /'\|O' holds Python objects.*pickle/],
  ["text of any length", header(dict("'|T16'")), /'\|T16' holds text of any length/],
  ["strings without a width", header(dict("'<U'")), /'<U' is not known/],
  ["time of no unit", header(dict("'<m8[x]'")), /no unit of time/],
  ["long doubles", header(dict("'<f16'")), /'<f16' holds long doubles/],
  ["objects in a field", header(dict("[('x', '<f4'), ('o', '|O')]")), /'\|O' holds Python objects/],
  ["a dtype that nobody knows", header(dict("'<f3'")), /'<f3' is not known/],
  ["a code without a size", header(dict("'p'")), /'p' is not known/],
  ["a name", header(dict("'float32'")), /'float32' is not known/],
  ["a list of codes", header(dict("'<f4,<f4'")), /is not known/],
  ["a descr that is a number", header(dict("4")), /neither the code of a dtype nor a list/],
  ["a descr that is a tuple", header(dict("('<f4', (2,))")), /neither the code of a dtype nor a list/],
  ["a field without a dtype", header(dict("[('x',)]")), /a tuple of a name, a dtype/],
  ["a field that is a list", header(dict("[['x', '<f4']]")), /a tuple of a name, a dtype/],
  ["a name that is a number", header(dict("[(1, '<f4')]")), /the name of a field/],
  ["a block of negative length", header(dict("[('x', '<f4', (-1,))]")), /negative/],
  ["two fields of one name", header(dict("[('x', '<f4'), ('x', '<f4')]")), /two fields are named 'x'/],
  ["an element beyond 2 GiB", header(dict("[('x', '<f4', (999999999,))]")), /too large/],
  ["an itemsize beyond 2 GiB", header(dict("'|V9999999999'")), /too large/],
];

test("a header that is wrong is a ValueError that says how", () => {
  for (const [what, given, message] of wrong) {
    assert.throws(
      () => npyHeader(given),
      (error) =>
        isNdError(error, "value") && error.message.startsWith("npyHeader: ") && message.test(error.message),
      what,
    );
  }
});

test("a header of very many fields is read in little time", () => {
  const { user: before } = process.cpuUsage();
  const fields = Array.from({ length: 40_000 }, (_, k) => `('f${k}', '>i2'), `);
  assert.equal(npyHeader(header(dict(`[${fields.join("")}]`), 2)).dtype.fields?.length, 40_000);
  assert.ok(process.cpuUsage().user - before < 5e6, "more than five seconds of a core");
});

const written: readonly (readonly [
  spec: unknown,
  shape: number[],
  f: boolean,
  text: string,
  length: number,
])[] = [
  ["f8", [2, 3], false, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 128],
  ["f8", [2, 3], true, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", 128],
  ["b1", [5], false, "{'descr': '|b1', 'fortran_order': False, 'shape': (5,), }", 128],
  ["i4", [], false, "{'descr': '<i4', 'fortran_order': False, 'shape': (), }", 128],
  [[["x", "f4"]], [0], false, "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (0,), }", 128],
];

test("a header is written as NumPy writes it, padded to 64 bytes", () => {
  for (const [spec, shape, fortran, text, length] of written) {
    const made = headerBytes(toDescriptor(spec), shape, fortran);
    assert.equal(made.length, length);
    assert.equal(String.fromCharCode(...made.subarray(10, 10 + text.length)), text);
    assert.match(String.fromCharCode(...made.subarray(10 + text.length)), /^ *\n$/);
  }
});

test("the version is the oldest that can hold the header", () => {
  const version = (spec: unknown) => headerBytes(toDescriptor(spec), [1], false)[6];
  const many = (name: string) => Array.from({ length: 4000 }, (_, k) => [`${name}${k}`, "f4"]);
  assert.equal(version([["é", "f4"]]), 1);
  assert.equal(version(many("long name of a field ")), 2);
  assert.equal(version([["日", "f4"]]), 3);
  assert.equal(version(many("日 long name of a field ")), 3);
});

test("what a header cannot say is refused", () => {
  const overlapping = toDescriptor({ names: ["x", "y"], formats: ["i4", "i4"], offsets: [0, 2] });
  assert.throws(() => headerBytes(overlapping, [1], false), /field 'y' starts at byte 2/);
});
