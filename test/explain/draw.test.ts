import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { SHADES, shadeColours } from "../../src/explain/draw-colours.ts";
import { columnsOf, counted, linesOf, shortened } from "../../src/explain/draw-lettering.ts";
import * as np from "../../src/index.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";
import { everyNode, ofClass, parsedMarkup } from "./markup.ts";

const a = np.arange(6n).reshape(2, 3);

for (const layout of Object.keys(layouts)) {
  test(`every dtype in layout ${layout} is drawn, its cells marked with index, address and bytes`, () => {
    for (const dtype of Object.keys(dtypes)) {
      const { strided } = pair(layout, dtype);
      const drawing = np.draw(strided);
      const svg = parsedMarkup(drawing.svg);
      const { arrays } = np.memoryPicture(strided);
      assert.ok(!arrays[0]!.summarised);
      const cells = ofClass(svg, "nd-cell").map(({ attributes: at }) => [
        at["data-array"],
        at["data-buffer"],
        at["data-index"],
        at["data-address"],
        at["data-bytes"],
      ]);
      assert.deepEqual(
        cells,
        arrays[0]!.cells.map(({ index, address, bytes }) => [
          "0",
          "0",
          index.join(","),
          `${address}`,
          `${bytes}`,
        ]),
      );
      const places = new Set(ofClass(svg, "nd-place").map(({ attributes }) => attributes["data-address"]));
      assert.deepEqual(places, new Set(arrays[0]!.cells.map(({ address }) => String(address))));
      parsedMarkup(drawing.html);
      assert.ok(drawing.text.split("\n").every((line) => columnsOf(line) <= 100 && line === line.trimEnd()));
    }
  });
}

function lastLines({ text }: { readonly text: string }, count: number): string {
  return text.split("\n").slice(-count).join("\n");
}

test("the text of an array and its transpose", () => {
  assert.equal(
    np.draw({ a, t: a.T }, { title: "Two views" }).text,
    `Two views

a                               t
int64, shape (2, 3)             int64, shape (3, 2)
strides (24, 8), offset 0       strides (8, 24), offset 0
a view, C contiguous            a view, F contiguous
axis 0: +24 ↓   axis 1: +8 →    axis 0: +8 ↓   axis 1: +24 →
┌───┬───┬───┐                   ┌───┬───┐
│ 0 │ 1 │ 2 │                   │ 0 │ 3 │
├───┼───┼───┤                   ├───┼───┤
│ 3 │ 4 │ 5 │                   │ 1 │ 4 │
└───┴───┴───┘                   ├───┼───┤
                                │ 2 │ 5 │
                                └───┴───┘

memory: 48 bytes
a and t share bytes
             0     8     16    24    32    40    48
             ┌───────────────────────────────────┐
             │               a, t                │
             └───────────────────────────────────┘
             ┌─────┬─────┬─────┬─────┬─────┬─────┐
a            │  0  │  1  │  2  │  3  │  4  │  5  │
             │ 0,0 │ 0,1 │ 0,2 │ 1,0 │ 1,1 │ 1,2 │
             └─────┴─────┴─────┴─────┴─────┴─────┘
axis 1: +8      ●─────►─────►
axis 0: +24     ●─────────────────►
             ┌─────┬─────┬─────┬─────┬─────┬─────┐
t            │  0  │  1  │  2  │  3  │  4  │  5  │
             │ 0,0 │ 1,0 │ 2,0 │ 0,1 │ 1,1 │ 2,1 │
             └─────┴─────┴─────┴─────┴─────┴─────┘
axis 0: +8      ●─────►─────►
axis 1: +24     ●─────────────────►`,
  );
});

test("plain ASCII: a reversed slice goes left, gaps are filled, repeats are counted", () => {
  assert.equal(
    np.draw(np.arange(6, "int32").slice("::-2"), { ascii: true }).text,
    `int32, shape (3,)
strides (-8,), offset 20
a view, not contiguous
axis 0: -8 ->
+---+---+---+
| 5 | 3 | 1 |
+---+---+---+

memory: 24 bytes
            0   4   8   12  16  20  24
            +---+---+---+---+---+---+
            |4 B| 1 |4 B| 3 |4 B| 5 |
            |...| 2 |...| 1 |...| 0 |
            +---+---+---+---+---+---+
axis 0: -8        <-------<-------o`,
  );
  assert.equal(
    lastLines(np.draw(np.broadcastTo(np.arange(2n), [3, 2]), { ascii: true }), 7),
    `                0        8        16
                +--------+--------+
                |   0    |   1    |
                | 0,0 x3 | 0,1 x3 |
                +--------+--------+
axis 0: +0, x3      @
axis 1: +8          o-------->`,
  );
});

test("fields, a window into a large buffer, no elements, no axes", () => {
  const records = np.zeros(
    2,
    np.dtype([
      ["x", "i2"],
      ["y", "u1"],
    ] as const),
  );
  const lines = (drawn: ReturnType<typeof np.draw>) => drawn.text.split("\n");
  assert.ok(lines(np.draw(records)).includes("            │ x │ y │ x │ y │"));
  const window = lines(np.draw(np.arange(1000, "u1").slice("500:502"))).join("\n");
  assert.match(window, /500 bytes.*244 │ 245 │.*498 bytes/s);
  assert.match(np.draw(np.zeros([0, 3])).text, /│ no elements │/);
  assert.match(np.draw(np.array(5n)).text, /│ 5 {2}│\n.*│ \(\) │/);
});

test("a drawing is its text, and notebooks and consoles find it", () => {
  const drawing = np.draw(a);
  assert.equal(String(drawing), drawing.text);
  assert.equal(inspect(drawing), drawing.text);
  const display = (drawing as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]!;
  const bundle = { "text/html": drawing.html, "image/svg+xml": drawing.svg, "text/plain": drawing.text };
  assert.deepEqual(display.call(drawing), bundle);
  assert.deepEqual(drawing._toMime(), bundle);
  assert.equal(drawing._toHtml(), drawing.html);
});

test("the SVG has a title, a description, a role, and a title for each cell", () => {
  const svg = parsedMarkup(np.draw({ a }, { title: "Six elements" }).svg);
  assert.equal(svg.attributes["role"], "img");
  assert.equal(svg.attributes["aria-label"], "Six elements");
  assert.equal(svg.children.find(({ name }) => name === "title")!.text, "Six elements");
  assert.equal(
    svg.children.find(({ name }) => name === "desc")!.text,
    "a: int64, shape (2, 3); strides (24, 8), offset 0; a view, C contiguous. Steps in bytes: axis 0: +24, axis 1: +8. memory: 48 bytes.",
  );
  const titles = ofClass(svg, "nd-cell").map(({ children }) => children[0]!.text);
  assert.equal(titles[5], "a[1, 2] = 5, bytes 40–47");
});

const hostile = "<script>alert(1)</script>\"'&\u0000\u001b[31m\u202e]]>\ud800</text></svg>";

test("names, titles, fields and values never become markup or escape codes", () => {
  const text = np.array([hostile, "<b>"]);
  const records = np.zeros(2, np.dtype([[hostile, "u1"]] as never));
  for (const thing of [text, records, { [hostile]: text }, { [hostile]: text, b: records }]) {
    const drawing = np.draw(thing as never, { title: hostile, names: [hostile] });
    for (const markup of [drawing.svg, drawing.html]) {
      const names = new Set(everyNode(parsedMarkup(markup)).map(({ name }) => name));
      assert.ok(!names.has("script") && !names.has("b"));
      assert.doesNotMatch(markup, /<script|<b>|\u202e/);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    assert.doesNotMatch(drawing.text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    assert.match(drawing.text, /<script>/);
  }
  const formatter = { all: () => "\u001b[31m</text>\n" };
  np.printoptions({ formatter }, () => {
    const drawing = np.draw(a);
    parsedMarkup(drawing.svg);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    assert.doesNotMatch(drawing.text, /\u001b/);
  });
});

test("values are those that arrays print, by the print options", () => {
  const b = np.array([1 / 3, 2]);
  const texts = () => np.memoryPicture(b).arrays[0]!.cells.map(({ text }) => text);
  assert.deepEqual(texts(), ["0.33333333", "2."]);
  np.printoptions({ precision: 2 }, () => assert.deepEqual(texts(), ["0.33", "2."]));
});

test("one picture is always the same text, and its ids are its own", () => {
  const id = (drawing: ReturnType<typeof np.draw>) => parsedMarkup(drawing.svg).attributes["id"];
  const again = np.arange(6n).reshape(2, 3);
  assert.equal(np.draw(a).svg, np.draw(again).svg);
  assert.notEqual(id(np.draw(a)), id(np.draw(a.T)));
  assert.notEqual(id(np.draw(a)), id(np.draw(a, { theme: "dark" })));
  assert.equal(id(np.draw(a, { id: "mine" })), "mine");
  const svg = np.draw(a.slice("::2"), { id: "mine" }).svg;
  const ids = [...svg.matchAll(/ id="([^"]*)"|url\(#([^)]*)\)/g)].map(([, own, used]) => own ?? used);
  assert.ok(ids.every((one) => one === "mine" || one === "mine-gap"));
  const style = /<style>(.*)<\/style>/.exec(svg)![1]!;
  const selectors = [...style.matchAll(/(?:^|[{}])([^{}@]+)\{/g)].map(([, selector]) => selector!);
  assert.ok(selectors.length > 20);
  assert.ok(selectors.every((selector) => selector.startsWith("#mine")));
});

test("themes: what the reader prefers, or one", () => {
  const svg = (theme: "auto" | "light" | "dark") => np.draw(a, { theme }).svg;
  assert.match(svg("auto"), /prefers-color-scheme:dark/);
  for (const theme of ["light", "dark"] as const) assert.doesNotMatch(svg(theme), /prefers-color-scheme/);
  assert.match(svg("light"), /--paper:var\(--nd-paper,#ffffff\)/);
  assert.match(svg("dark"), /--paper:var\(--nd-paper,#0f141b\)/);
  assert.match(svg("light"), /forced-colors:active/);
});

/** Relative luminance as WCAG defines it. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
  const parts = [1, 3, 5].map((k) => Number.parseInt(full.slice(k, k + 2), 16) / 255);
  const [r, g, b] = parts.map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

test("the ramp grows lighter all the way, and letters on it stand out", () => {
  const colours = Array.from({ length: SHADES }, (_, k) => shadeColours(k));
  for (const { fill, ink } of colours) assert.ok(contrast(fill, ink) >= 4.5, `${ink} on ${fill}`);
  for (let k = 1; k < SHADES; k++) {
    assert.ok(luminance(colours[k]!.fill) > luminance(colours[k - 1]!.fill), `shade ${k}`);
  }
});

test("letters and lines stand out from what is behind them, light and dark", () => {
  for (const theme of ["light", "dark"] as const) {
    const { svg } = np.draw(a, { theme });
    const colour = (name: string) => new RegExp(`--${name}:var\\(--nd-${name},(#\\w+)\\)`).exec(svg)![1]!;
    for (const name of ["ink", "faint", "axis0", "axis1", "axis2", "axis3"]) {
      assert.ok(contrast(colour(name), colour("paper")) >= 4.5, `${theme} ${name}`);
      assert.ok(contrast(colour(name), colour("bare")) >= 4.5, `${theme} ${name} on bare`);
    }
    assert.ok(contrast(colour("line"), colour("paper")) >= 3, theme);
  }
});

test("options: numbers of the walk, no values, widths, ANSI colours", () => {
  const smalls = (options: object) =>
    ofClass(parsedMarkup(np.draw(a.T, options).svg), "nd-cell").map((node) =>
      node.children.filter(({ name }) => name === "text").map(({ text }) => text),
    );
  assert.deepEqual(smalls({})[1], ["3", "@24"]);
  assert.deepEqual(smalls({ walk: true })[1], ["3", "#1"]);
  assert.deepEqual(smalls({ values: false })[1], ["0,1", "@24"]);
  for (const width of [240, 400, 2000]) {
    const svg = parsedMarkup(np.draw(np.arange(100), { width }).svg);
    assert.ok(Number(svg.attributes["width"]) <= width, `${width}`);
  }
  const line = np.arange(100n);
  for (const columns of [40, 60, 200]) {
    const widths = np.draw(line, { columns }).text.split("\n").map(columnsOf);
    assert.ok(Math.max(...widths) <= columns, `${columns}: ${Math.max(...widths)}`);
  }
  const { text } = np.draw(a, { ansi: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  assert.equal(text.replace(/\x1b\[[\d;]*m/g, ""), np.draw(a).text);
  assert.match(text, /48;2;\d+;\d+;\d+;38;2/);
});

test("an array of 10^8 elements is drawn soon and in few bytes", () => {
  const large = np.broadcastTo(np.arange(10_000), [10_000, 10_000]);
  np.draw(large);
  const start = performance.now();
  const { svg, text, html } = np.draw(large);
  const took = performance.now() - start;
  assert.ok(took < 1000, `${took} ms`);
  for (const form of [svg, text, html]) assert.ok(form.length < 200_000, `${form.length}`);
});

test("wrong options and wrong arrays are named", () => {
  const fails = (call: () => unknown, message: RegExp) =>
    assert.throws(call, (error) => np.isNdError(error, "value") && message.test((error as Error).message));
  fails(
    () => np.draw(a, { wdith: 3 } as never),
    /^draw: there is no option "wdith"; there are names, title, .*width/,
  );
  fails(() => np.draw(a, { width: 10 }), /^draw: width must be an integer from 240 to 10000, not 10/);
  fails(
    () => np.draw(a, { theme: "blue" as never }),
    /^draw: theme must be "auto" or "light" or "dark", not "blue"/,
  );
  fails(() => np.draw(a, { id: '"><script>' }), /^draw: id must be a string of letters/);
  fails(() => np.draw(a, [] as never), /^draw: \[\] is no object of options/);
  fails(() => np.draw([[1, 2]] as never), /^draw: \[1,2\] is no array/);
  fails(() => np.draw({}), /^draw: there is no array/);
});

test("letters: widths, cuts, lines, counts", () => {
  assert.equal(columnsOf("aé日e\u0301🙂"), 7);
  assert.equal(shortened("abcdef", 4), "abc…");
  assert.equal(shortened("日本語", 4), "日…");
  assert.deepEqual(linesOf("one two three four", 9), ["one two", "three", "four"]);
  assert.deepEqual(
    [0, 999, 1000, 9999, 10_000, 1234567, -12345].map((x) => counted(x).replaceAll("\u202f", "_")),
    ["0", "999", "1000", "9999", "10_000", "1_234_567", "-12_345"],
  );
});

test("what draws SVG without CSS variables or media queries has the light colours", async () => {
  const { default: sharp } = await import("sharp");
  const svg = np.draw(np.arange(2n).slice("::-1")).svg;
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colours = new Set<string>();
  for (let at = 0; at < data.length; at += info.channels) {
    colours.add(`#${data.subarray(at, at + 3).toString("hex")}`);
  }
  for (const wanted of ["#ffffff", shadeColours(0).fill, shadeColours(SHADES - 1).fill, "#b93a0b"]) {
    assert.ok(colours.has(wanted), wanted);
  }
});
