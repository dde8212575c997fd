import assert from "node:assert/strict";
import { test } from "node:test";
import { type AbstractDType, isdtype, issubdtype, type KindName } from "../../src/dtype/kinds.ts";
import { dtype } from "../../src/dtype/parse.ts";
import { type PlainDType, plain } from "../../src/dtype/table.ts";

const names = Object.keys(plain) as PlainDType[];

const KINDS: Readonly<Record<KindName, RegExp>> = {
  bool: /^bool$/,
  "signed integer": /^int/,
  "unsigned integer": /^uint/,
  integral: /^u?int/,
  "real floating": /^float/,
  "complex floating": /^complex/,
  numeric: /^(u?int|float|complex)/,
};

test("isdtype knows the kinds of the array API standard", () => {
  for (const [kind, pattern] of Object.entries(KINDS) as [KindName, RegExp][]) {
    for (const name of names) assert.equal(isdtype(name, kind), pattern.test(name), `${name} ${kind}`);
    assert.equal(isdtype("V8", kind), false);
  }
});

test("isdtype takes dtypes and lists of either", () => {
  assert.ok(isdtype("f4", "float32"));
  assert.ok(isdtype("f4", plain.float32));
  assert.ok(!isdtype("f4", "f8"));
  assert.ok(isdtype("f4", ["bool", "real floating"]));
  assert.ok(isdtype("f4", ["int8", plain.float32]));
  assert.ok(!isdtype("f4", []));
  assert.ok(isdtype("i4,f4", dtype("V8")));
});

test("isdtype refuses a kind that is none, wherever it stands", () => {
  assert.throws(
    () => isdtype("f4", "real number" as never),
    /"real number" is no kind; one of bool, signed integer/,
  );
  assert.throws(() => isdtype("f4", ["real floating", "nonsense" as never]), { kind: "dtype" });
});

const TREE: Readonly<Record<AbstractDType, RegExp>> = {
  generic: /./,
  number: /^(u?int|float|complex)/,
  integer: /^u?int/,
  signedinteger: /^int/,
  unsignedinteger: /^uint/,
  inexact: /^(float|complex)/,
  floating: /^float/,
  complexfloating: /^complex/,
  flexible: /^V/,
  character: /^$/,
};

test("issubdtype hangs every dtype where NumPy does", () => {
  for (const [abstract, pattern] of Object.entries(TREE) as [AbstractDType, RegExp][]) {
    for (const name of [...names, "V8"] as const)
      assert.equal(issubdtype(name, abstract), pattern.test(name), `${name} ${abstract}`);
  }
});

test("issubdtype compares abstract dtypes, and plain ones by identity", () => {
  assert.ok(issubdtype("floating", "inexact"));
  assert.ok(issubdtype("integer", "integer"));
  assert.ok(!issubdtype("inexact", "floating"));
  assert.ok(issubdtype("float64", "double"));
  assert.ok(!issubdtype("float32", "float64"));
  assert.ok(!issubdtype("floating", "float64"));
  assert.ok(issubdtype("i4,f4", "void"));
});
