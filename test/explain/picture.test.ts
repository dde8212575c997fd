import assert from "node:assert/strict";
import { test } from "node:test";
import { OWNDATA, WRITEABLE } from "../../src/array/flags.ts";
import { NDArray } from "../../src/array/ndarray.ts";
import { WideStorage, WindowStorage } from "../../src/array/windows.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";
import { parsedMarkup } from "./markup.ts";

/** The address of each element in C order, counted here. */
function addressesOf(a: np.NDArray): { index: number[]; address: number }[] {
  let all = [{ index: [] as number[], address: a.byteOffset }];
  for (const [axis, length] of a.shape.entries()) {
    const stride = a.strides[axis]!;
    all = all.flatMap(({ index, address }) =>
      Array.from({ length }, (_, i) => ({ index: [...index, i], address: address + i * stride })),
    );
  }
  return all;
}

/** For each byte of a buffer the arrays that have an element there. */
function holders(arrays: readonly np.NDArray[], bytes: number): number[][] {
  const held = Array.from({ length: bytes }, () => new Set<number>());
  for (const [k, array] of arrays.entries()) {
    for (const { address } of addressesOf(array)) {
      for (let byte = 0; byte < array.itemsize; byte++) held[address + byte]!.add(k);
    }
  }
  return held.map((set) => [...set].sort((a, b) => a - b));
}

const everything = { cells: 10_000, addresses: "buffer" } as const;

for (const layout of Object.keys(layouts)) {
  for (const dtype of Object.keys(dtypes)) {
    test(`a picture of ${dtype} in layout ${layout} has its elements where they are`, () => {
      const { strided, dense } = pair(layout, dtype);
      const picture = np.memoryPicture(strided, everything);
      const [drawn, strip] = [picture.arrays[0]!, picture.strips[0]!];
      const wanted = addressesOf(strided);
      assert.deepEqual(
        drawn.cells.map(({ index, address }) => ({ index, address })),
        wanted,
      );
      const texts = np.memoryPicture(dense, everything).arrays[0]!.cells;
      assert.deepEqual(
        drawn.cells.map(({ text, parts }) => [text, parts]),
        texts.map(({ text, parts }) => [text, parts]),
      );
      assert.deepEqual(
        drawn.cells.map(({ repeats }) => repeats),
        wanted.map(({ address }) => wanted.filter((other) => other.address === address).length),
      );
      assert.equal(strip.bytes, strided.buffer.byteLength);
      const held = holders([strided], strip.bytes);
      let next = 0;
      for (const { address, bytes, arrays, kind } of strip.runs) {
        assert.equal(address, next);
        next += bytes;
        for (let byte = address; byte < next; byte++) assert.deepEqual(held[byte], arrays);
        assert.equal(kind, arrays.length > 0 ? "element" : "gap");
      }
      assert.equal(next, strip.bytes);
    });
  }
}

test("the runs of several arrays say who holds each byte, whatever their dtypes", () => {
  const x = np.frombuffer(new ArrayBuffer(64), "f8");
  const arrays = {
    x: x.slice("::2"),
    back: x.slice("::-3"),
    bytes: x.view("u1").slice("3:40:5"),
    halves: np.asStrided(x.view("i4").slice("3:"), { shape: [4, 2], strides: [6, -3] }),
  };
  const picture = np.memoryPicture(arrays, { addresses: "buffer" });
  const list = Object.values(arrays);
  const held = holders(list, 64);
  assert.equal(picture.strips.length, 1);
  for (const { address, bytes, arrays: who } of picture.strips[0]!.runs) {
    for (let byte = address; byte < address + bytes; byte++) assert.deepEqual(who, held[byte]);
  }
  for (const {
    arrays: [a, b],
    shares,
  } of picture.strips[0]!.sharing) {
    assert.equal(shares, np.sharesMemory(list[a]!, list[b]!));
  }
  assert.equal(picture.strips[0]!.sharing.length, 6);
});

test("random arrays over one buffer are held to a list of their bytes, and drawn as well-formed SVG", () => {
  const dice = new Dice(20);
  const types = [
    "f8",
    "u1",
    "i4",
    "c16",
    "S5",
    [
      ["x", "f4"],
      ["y", "u1"],
    ],
  ] as const;
  for (let round = 0; round < 150; round++) {
    const buffer = new ArrayBuffer(dice.pick([40, 200, 600]));
    const arrays: np.NDArray[] = [];
    for (let k = dice.int(1, 4); k > 0; k--) {
      const dtype = np.dtype(dice.pick(types) as np.DTypeLike);
      const shape = Array.from({ length: dice.int(0, 3) }, () => dice.int(1, 5));
      const strides = shape.map(() => dice.pick([0, 1, dtype.itemsize, dice.int(-20, 30)]));
      const reach = strides.map((stride, axis) => stride * (shape[axis]! - 1));
      const low = -reach.reduce((sum, bytes) => sum + Math.min(0, bytes), 0);
      const high =
        buffer.byteLength - dtype.itemsize - reach.reduce((sum, bytes) => sum + Math.max(0, bytes), 0);
      if (low > high) continue;
      arrays.push(np.fromStrided({ buffer, dtype, shape, strides, offset: dice.int(low, high) }));
    }
    if (arrays.length === 0) continue;
    const { strips } = np.memoryPicture(arrays, { cells: 1000 });
    const held = holders(arrays, buffer.byteLength);
    const drawn = strips[0]!.runs.flatMap((run) => Array.from({ length: run.bytes }, () => run.arrays));
    assert.deepEqual(drawn, held);
    for (const sharing of strips[0]!.sharing) {
      const [a, b] = sharing.arrays;
      assert.equal(sharing.shares, np.sharesMemory(arrays[a]!, arrays[b]!));
    }
    const { svg } = np.draw(arrays);
    parsedMarkup(svg);
    assert.doesNotMatch(svg.replace(/>[^<]*</g, "><"), /NaN|undefined|Infinity/);
  }
});

test("places of one array that share bytes are on levels where they do not", () => {
  const a = np.asStrided(np.zeros(10, "i8"), { shape: [9], strides: [3] });
  const [lane] = np.memoryPicture(a).strips[0]!.lanes;
  assert.equal(lane!.levels, 3);
  for (let level = 0; level < lane!.levels; level++) {
    const row = lane!.places.filter((place) => place.level === level);
    for (let k = 1; k < row.length; k++) assert.ok(row[k - 1]!.address + 8 <= row[k]!.address);
  }
});

test("memory is that of the owner, and arrays of one owner are over one strip", () => {
  const a = np.zeros([3, 4]);
  const other = np.zeros(2);
  const { arrays, strips } = np.memoryPicture([a.slice(1), a.slice(":", "::-1"), other]);
  assert.deepEqual(
    arrays.map(({ strip, offset, base }) => [strip, offset, base]),
    [
      [0, 32, "a view"],
      [0, 24, "a view"],
      [1, 0, "owns its memory"],
    ],
  );
  assert.deepEqual(
    strips.map(({ bytes, address, kind }) => [bytes, address, kind]),
    [
      [96, 0, "owner"],
      [16, 0, "owner"],
    ],
  );
  const { byteOffset } = a;
  const counted = np.memoryPicture(a, { addresses: "buffer" });
  assert.deepEqual([counted.arrays[0]!.offset, counted.strips[0]!.address], [byteOffset, byteOffset]);
});

test("an adopted buffer is drawn whole, and arrays that adopted one buffer are over one strip", () => {
  const bytes = new Uint8Array(40);
  const [a, b] = [
    np.asarray(bytes.subarray(8, 16)),
    np.frombuffer(bytes.buffer, "f4", { offset: 12, count: 3 }),
  ];
  const { arrays, strips } = np.memoryPicture({ a, b });
  assert.deepEqual(
    strips.map((strip) => [strip.kind, strip.bytes]),
    [["buffer", 40]],
  );
  assert.deepEqual(
    arrays.map(({ offset, base }) => [offset, base]),
    [
      [8, "adopted a buffer"],
      [12, "adopted a buffer"],
    ],
  );
});

test("arrays behind windows on a memory that no buffer holds are over one strip", () => {
  const bytes = new Uint8Array(4096).map((_, k) => k % 251);
  const windows = {
    byteLength: 4096,
    step: 1024,
    window: (k: number): WindowStorage => new WindowStorage(windows, k, bytes.buffer, k * 1024, 2048),
  };
  const layout = { shape: [4096], strides: [1], offset: 0 };
  const whole = new NDArray(new WideStorage(windows), layout, np.dtype("u1"), null, OWNDATA | WRITEABLE);
  const [far, over] = [whole.slice("3000:3003"), whole.slice("2999:3002")];
  const { arrays, strips } = np.memoryPicture({ whole, far, over });
  assert.equal(strips.length, 1);
  assert.equal(strips[0]!.bytes, 4096);
  assert.deepEqual(
    arrays.map(({ offset }) => offset),
    [0, 3000, 2999],
  );
  assert.deepEqual(
    arrays[1]!.cells.map(({ text }) => text),
    ["239", "240", "241"],
  );
  assert.ok(strips[0]!.sharing.every(({ shares }) => shares === true));
  assert.match(np.draw({ whole, far }).text, /memory: 4096 bytes/);
});

test("arrays of a scope are drawn where they are and stay there", () => {
  np.scope(() => {
    const a = np.add(np.arange(4), 1);
    const { arrays, strips } = np.memoryPicture(a.slice("::-1"));
    assert.equal(strips[0]!.kind, "scope");
    assert.equal(arrays[0]!.offset, 24);
    assert.deepEqual(
      arrays[0]!.cells.map(({ text }) => text),
      ["4.", "3.", "2.", "1."],
    );
    assert.notEqual(a.storage.lender, null);
  });
});

test("axes say where a step leads", () => {
  const a = np.broadcastTo(np.arange(3), [2, 3]).slice(":", "::-1", null);
  const { axes } = np.memoryPicture(a).arrays[0]!;
  assert.deepEqual(
    axes.map(({ path, stride, length }) => [path, stride, length]),
    [
      ["repeat", 0, 2],
      ["backward", -8, 3],
      ["none", 0, 1],
    ],
  );
  assert.deepEqual(
    np.memoryPicture(np.zeros([0, 3])).arrays[0]!.axes.map(({ path }) => path),
    ["none", "none"],
  );
});

test("large arrays are summarised, and what is left out is told from gaps", () => {
  const { arrays, strips } = np.memoryPicture(np.zeros([100, 100], "u1").slice(":", "::2"));
  const [array] = arrays;
  assert.deepEqual(
    array!.axes.map(({ shown }) => shown),
    [
      [0, 1, 2, null, 97, 98, 99],
      [0, 1, 2, null, 47, 48, 49],
    ],
  );
  assert.equal(array!.cells.length, 36);
  assert.ok(array!.summarised);
  const kinds = strips[0]!.runs.map(({ kind, bytes }) => `${kind} ${bytes}`);
  assert.deepEqual(kinds.slice(0, 6), ["element 1", "gap 1", "element 1", "gap 1", "element 1", "more 89"]);
  assert.equal(kinds.at(-1), "gap 1");
  assert.equal(
    strips[0]!.runs.reduce((sum, { bytes }) => sum + bytes, 0),
    10_000,
  );
});

test("views of 10^8 elements and more, of many axes and of wide elements cost what they show", () => {
  const [line] = [np.arange(10)];
  const large = {
    "a line": np.broadcastTo(line, [10 ** 7, 10]),
    "2 ** 50 elements": np.broadcastTo(line, [2 ** 46, 10]),
    "40 axes": np.broadcastTo(line, [...Array(39).fill(2), 10]),
    "64 axes": np.broadcastTo(line, [...Array(63).fill(1), 10]),
    "wide elements": np.broadcastTo(np.zeros(2, "S100000"), [10 ** 6, 2]),
    "many fields": np.zeros(
      1000,
      np.dtype(Array.from({ length: 300 }, (_, k) => [`f${k}`, "u1"] as [string, "u1"])),
    ),
  };
  for (const [name, a] of Object.entries(large)) {
    const { arrays, strips } = np.memoryPicture(a);
    assert.ok(arrays[0]!.cells.length <= 48, name);
    assert.ok(strips[0]!.runs.length <= 200, name);
  }
});

test("fields are told with their bytes; too many, or overlapping ones, are not", () => {
  const type = np.dtype({ names: ["b", "a"], formats: ["i4", "u1"], offsets: [4, 0], itemsize: 10 });
  const [array] = np.memoryPicture(np.zeros(2, type)).arrays;
  assert.deepEqual(array!.fields, [
    { name: "a", dtype: "uint8", offset: 0, bytes: 1 },
    { name: "b", dtype: "int32", offset: 4, bytes: 4 },
  ]);
  assert.deepEqual(array!.cells[0]!.parts, ["0", "0"]);
  const nested = np.array(
    [[1, [2, [3, 4]]]],
    np.dtype([
      ["x", "u1"],
      [
        "y",
        [
          ["a", "i2"],
          ["b", "f4", [2]],
        ],
      ],
    ] as never),
  );
  assert.deepEqual(np.memoryPicture(nested).arrays[0]!.cells[0]!.parts, ["1", "(2, [3., 4.])"]);
  const union = np.dtype({ names: ["a", "b"], formats: ["i4", "u1"], offsets: [0, 0] });
  assert.equal(np.memoryPicture(np.zeros(2, union)).arrays[0]!.fields, null);
});

test("colours go by index, and by address where elements or arrays share memory", () => {
  const a = np.arange(6n).reshape(2, 3);
  const shades = (picture: ReturnType<typeof np.memoryPicture>, k = 0) =>
    picture.arrays[k]!.cells.map(({ shade }) => Math.round(shade * 5));
  assert.deepEqual(shades(np.memoryPicture(a.T)), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(shades(np.memoryPicture([a, a.T]), 1), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(shades(np.memoryPicture([a, a.T], { colours: "index" }), 1), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(shades(np.memoryPicture(np.broadcastTo(np.arange(2), [2, 2]))), [0, 5, 0, 5]);
});

test("names are tags when they are short, else letters are", () => {
  const a = np.zeros(2);
  const tags = (arrays: Parameters<typeof np.memoryPicture>[0], names?: string[]) =>
    np.memoryPicture(arrays, { names }).arrays.map(({ name, tag }) => [name, tag]);
  assert.deepEqual(tags(a), [["", ""]]);
  assert.deepEqual(tags([a, a]), [
    ["A", "A"],
    ["B", "B"],
  ]);
  assert.deepEqual(tags([a, a], ["x"]), [
    ["x", "x"],
    ["B", "B"],
  ]);
  assert.deepEqual(tags({ a, "the other one": a }), [
    ["a", "A"],
    ["the other one", "B"],
  ]);
});

test("bytes that are no element are drawn as such, and the others as they are", () => {
  const words = Uint32Array.from([97, 0x7fffffff]);
  const text = np.frombuffer(words.buffer, "U1");
  const texts = (a: np.NDArray) =>
    np.memoryPicture(a).arrays[0]!.cells.map((cell) => [cell.text, cell.parts]);
  assert.deepEqual(texts(text), [
    ["'a'", null],
    ["?", null],
  ]);
  assert.deepEqual(texts(text.view(np.dtype([["c", "U1"]] as const))), [
    ["('a',)", ["'a'"]],
    ["?", ["?"]],
  ]);
});

test("with values left out nothing is read", () => {
  const a = np.zeros([2, 2]);
  const texts = np.memoryPicture(a, { values: false }).arrays[0]!.cells.map(({ text }) => text);
  assert.deepEqual(texts, ["", "", "", ""]);
});

const wrong: readonly (readonly [what: string, call: () => unknown, message: RegExp])[] = [
  [
    "no array",
    () => np.memoryPicture([1, 2] as never),
    /^memoryPicture: 1 is no array; make one with np\.array/,
  ],
  ["null", () => np.memoryPicture(null as never), /^memoryPicture: null is no array/],
  ["an empty list", () => np.memoryPicture([]), /^memoryPicture: there is no array to draw/],
  [
    "many",
    () => np.memoryPicture(Array(27).fill(np.zeros(1))),
    /^memoryPicture: 27 arrays are too many; the most is 26/,
  ],
  [
    "too many names",
    () => np.memoryPicture(np.zeros(1), { names: ["a", "b"] }),
    /2 names are given, and 1 arrays/,
  ],
  [
    "an unknown option",
    () => np.memoryPicture(np.zeros(1), { name: "a" } as never),
    /^memoryPicture: there is no option "name"; there are names, title/,
  ],
  [
    "no options",
    () => np.memoryPicture(np.zeros(1), "a" as never),
    /^memoryPicture: "a" is no object of options/,
  ],
  [
    "cells",
    () => np.memoryPicture(np.zeros(1), { cells: 0 }),
    /^memoryPicture: cells must be an integer from 1 to 10000, not 0/,
  ],
  [
    "names",
    () => np.memoryPicture(np.zeros(1), { names: [1] as never }),
    /names must be a list of strings, one for each array, not \[1\]/,
  ],
  [
    "values",
    () => np.memoryPicture(np.zeros(1), { values: 1 as never }),
    /values must be true or false, not 1/,
  ],
  [
    "addresses",
    () => np.memoryPicture(np.zeros(1), { addresses: "byte" as never }),
    /addresses must be "owner" or "buffer", not "byte"/,
  ],
  [
    "a symbol",
    () => np.memoryPicture(np.zeros(1), { title: Symbol("x") as never }),
    /title must be a string, not Symbol\(x\)/,
  ],
];

for (const [what, call, message] of wrong) {
  test(`memoryPicture says what is wrong with ${what}`, () => {
    assert.throws(call, (error) => np.isNdError(error, "value") && message.test((error as Error).message));
  });
}

test("the buffer of an array that is gone is an error", () => {
  const buffer = new ArrayBuffer(16);
  const a = np.frombuffer(buffer, "u1");
  structuredClone(buffer, { transfer: [buffer] });
  assert.throws(() => np.memoryPicture(a, { values: false }), /the buffer of this array is gone/);
});
