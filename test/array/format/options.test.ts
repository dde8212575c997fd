import assert from "node:assert/strict";
import { test } from "node:test";
import { arrayRepr, arrayStr } from "../../../src/array/format/array2string.ts";
import {
  getPrintoptions,
  type PrintOptionChanges,
  printoptions,
  setPrintoptions,
} from "../../../src/array/format/options.ts";
import { isNdError } from "../../../src/errors.ts";
import { filled } from "./filled.ts";

const defaults = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: "nan",
  infstr: "inf",
  sign: "-",
  floatmode: "maxprec",
  formatter: null,
};

test("the options begin as NumPy's, and what is returned is a copy", () => {
  const options = getPrintoptions();
  assert.deepEqual(options, defaults);
  Object.assign(options, { precision: 1 });
  assert.equal(getPrintoptions().precision, 8);
});

test("setting options changes what arrays print until they are set back", () => {
  const a = filled([Math.PI, 1e-9], "float64");
  setPrintoptions({ precision: 2, suppress: true });
  try {
    assert.equal(arrayRepr(a), "array([3.14, 0.  ])");
    setPrintoptions({ formatter: { float: () => "x" } });
    assert.equal(arrayStr(a), "[x x]");
    // The formatter goes when it is not given again, the others stay.
    setPrintoptions({ sign: "+" });
    assert.equal(arrayStr(a), "[+3.14 +0.  ]");
  } finally {
    setPrintoptions(defaults as PrintOptionChanges);
  }
  assert.deepEqual(getPrintoptions(), defaults);
});

const wrong: readonly (readonly [options: unknown, message: RegExp])[] = [
  [{ precision: -1 }, /precision must be an integer not below 0, not -1/],
  [{ precision: 1.5 }, /precision/],
  [{ threshold: Number.NaN }, /threshold must be a number; Infinity shows every element, not NaN/],
  [{ threshold: "all" }, /threshold .* not "all"/],
  [{ edgeitems: -3 }, /edgeitems/],
  [{ edgeitems: Number.POSITIVE_INFINITY }, /edgeitems/],
  [{ linewidth: -1 }, /linewidth/],
  [{ suppress: 1 }, /suppress must be true or false, not 1/],
  [{ nanstr: 5 }, /nanstr/],
  [{ infstr: null }, /infstr/],
  [{ sign: "x" }, /sign must be "-", "\+" or " ", not "x"/],
  [{ floatmode: "short" }, /floatmode/],
  [{ formatter: 5 }, /formatter/],
  [{ formatter: { flaot: String } }, /formatter .* not \{ flaot \}/],
  [{ formatter: { float: 3 } }, /formatter/],
  [{ legacy: "1.13" }, /legacy texts are not supported/],
  [{ linewith: 3 }, /no option "linewith"; one of precision, threshold/],
  // The one before the wrong one is not set either.
  [{ precision: 3, sign: "x" }, /sign/],
];

test("a wrong option is an error that names it, and nothing changes", () => {
  for (const [options, message] of wrong) {
    assert.throws(
      () => setPrintoptions(options as PrintOptionChanges),
      (error) => isNdError(error, "value") && message.test(error.message),
      JSON.stringify(options),
    );
    assert.throws(() => printoptions(options as PrintOptionChanges, () => 0), message);
    assert.deepEqual(getPrintoptions(), defaults);
  }
});

test("undefined is not given", () => {
  setPrintoptions({ precision: undefined, threshold: undefined });
  assert.deepEqual(getPrintoptions(), defaults);
});

test("a scope ends with its function, also when it throws or sets options itself", () => {
  const text = printoptions({ precision: 3 }, (options) => {
    assert.equal(options.precision, 3);
    return printoptions({ sign: "+" }, () => arrayStr(filled([Math.PI], "float64")));
  });
  assert.equal(text, "[+3.142]");
  assert.throws(() =>
    printoptions({ precision: 3 }, () => {
      setPrintoptions({ edgeitems: 1 });
      throw new Error("inside");
    }),
  );
  assert.deepEqual(getPrintoptions(), defaults);
});

test("a scope that returns a promise is refused, since its options would leak", () => {
  assert.throws(
    () => printoptions({ precision: 3 }, () => Promise.resolve(1)),
    (error) => isNdError(error, "value") && error.message.includes("promise"),
  );
  assert.deepEqual(getPrintoptions(), defaults);
});
