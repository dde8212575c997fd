import assert from "node:assert/strict";
import { test } from "node:test";
import { Complex, complex } from "../../src/dtype/complex.ts";

test("a complex number has two parts, and the second may be left out", () => {
  assert.deepEqual(complex(1, 2), new Complex(1, 2));
  assert.deepEqual(complex(3), new Complex(3, 0));
});

test("a complex number is written with its sign, that of zero too", () => {
  assert.equal(String(complex(1, 2)), "(1+2j)");
  assert.equal(String(complex(1, -2)), "(1-2j)");
  assert.equal(String(complex(0.5, -0)), "(0.5-0j)");
});

test("JSON holds both parts", () => {
  assert.equal(JSON.stringify([complex(1, -2)]), '[{"re":1,"im":-2}]');
});
