import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const names = (dtypes: readonly np.Descriptor[]) => dtypes.map((dtype) => dtype.name);

test("a ufunc says what its loop takes and gives", () => {
  assert.deepEqual(names(np.add.resolveDtypes(["int32", "float32", null])), [
    "float64",
    "float64",
    "float64",
  ]);
  assert.deepEqual(names(np.add.resolveDtypes(["int8", "uint8", "int16"])), ["int16", "int16", "int16"]);
  assert.deepEqual(names(np.sqrt.resolveDtypes(["int8", null])), ["float16", "float16"]);
  assert.deepEqual(
    names(np.divmod.resolveDtypes(["int32", "int32", null, null])),
    new Array(4).fill("int32"),
  );
  assert.deepEqual(names(np.logicalAnd.resolveDtypes(["int32", "float32", null])), ["bool", "bool", "bool"]);
});

test("what does not fit is named", () => {
  const wrong = (run: () => unknown, text: RegExp) =>
    assert.throws(run, (e) => e instanceof np.DTypeError && text.test(e.message));
  wrong(() => np.add.resolveDtypes(["int32"]), /3 dtypes/);
  wrong(() => np.add.resolveDtypes([null, "int32", null]), /must be given/);
  wrong(() => np.add.resolveDtypes(["int32", "float64", "int32"]), /same_kind/);
  wrong(() => np.add.resolveDtypes(["V4" as "void", "float32", null]), /add/);
});
