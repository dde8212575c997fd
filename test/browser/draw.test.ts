import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as np from "../../src/index.ts";
import { type Page, testInBrowser } from "./chromium.ts";

// Pictures as browsers lay them out, with whatever fonts there are: that letters stand beside each other, in their boxes
// and on the page, that they can be read, light, dark and where colours are forced, and that axe finds nothing.

const a = np.arange(12n).reshape(3, 4);
const records = np.zeros(
  3,
  np.dtype([
    ["x", "f4"],
    ["y", "u1"],
    ["long name", "i2"],
  ] as const),
);
const line = np.arange(100);

const drawings: Readonly<Record<string, () => ReturnType<typeof np.draw>>> = {
  "an array and its transpose": () => np.draw({ a, "a.T": a.T }, { title: "A transpose moves no byte" }),
  "a reversed slice": () => np.draw(a.slice(":", "::-2")),
  broadcast: () => np.draw(np.broadcastTo(np.arange(4), [3, 4])),
  windows: () => np.draw(np.slidingWindowView(np.arange(8), 3)),
  fields: () => np.draw({ records, x: records.field("x") }),
  "many fields": () =>
    np.draw(
      np.zeros(100, np.dtype(Array.from({ length: 16 }, (_, k) => [`field${k}`, "f4"] as [string, "f4"]))),
    ),
  "three axes": () => np.draw(np.arange(24).reshape(2, 3, 4)),
  "four axes": () => np.draw(np.arange(48, "int16").reshape(2, 2, 3, 4)),
  "five axes": () => np.draw(np.zeros([5, 5, 5, 5, 5])),
  "forty axes": () => np.draw(np.broadcastTo(np.zeros(1), Array(40).fill(2))),
  "a large array": () => np.draw(np.zeros([3000, 10_000], "f4")),
  "2 ** 40 rows": () => np.draw(np.broadcastTo(np.arange(10), [2 ** 40, 10])),
  "a window": () => np.draw(np.arange(4096).slice("100:105")),
  "elements that share bytes": () => np.draw(np.asStrided(np.arange(6), { shape: [5], strides: [4] })),
  strings: () => np.draw(np.array(["a".repeat(100), "<b>&\"'日本語"])),
  dates: () => np.draw(np.arange("2024-01-01", "2024-01-10", { dtype: "M8[D]" })),
  "complex numbers": () => np.draw(np.full([2, 3, 3], np.complex(1 / 3, -2e10))),
  "many views": () => np.draw(Array.from({ length: 26 }, (_, k) => line.slice(`${k}:`))),
  "several dtypes": () => {
    const x = np.zeros(4, "f8");
    return np.draw({ x, bytes: x.view("u1").slice("3:9"), words: x.view("i4") });
  },
  "a narrow page": () => np.draw({ a, b: a.T, "a name of words": a.slice("::2") }, { width: 300 }),
  "long names": () => np.draw({ ["a".repeat(200)]: a, abcdefghij: a }, { title: "word ".repeat(60) }),
  "the walk": () => np.draw(a.T, { walk: true }),
  "no values": () => np.draw(a.slice("::-1"), { values: false }),
  "no elements": () => np.draw(np.zeros([0, 3])),
  "no axes": () => np.draw(np.array(5n)),
};

/** What is wrong with the letters of the one SVG of a page. */
const FAULTS = `(() => {
  const svg = document.querySelector("svg");
  const page = svg.getBoundingClientRect();
  const faults = [];
  const inside = (a, b) =>
    a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1.5 && a.bottom <= b.bottom + 1.5;
  const texts = [...svg.querySelectorAll("text")].map((node) => ({ node, area: node.getBoundingClientRect() }));
  for (const { node, area } of texts) {
    if (!inside(area, page)) faults.push("off the page: " + node.textContent);
    if (!node.parentNode.matches(".nd-cell, .nd-place")) continue;
    const boxes = [...node.parentNode.querySelectorAll("rect")].map((box) => box.getBoundingClientRect());
    if (!boxes.some((box) => inside(area, box))) faults.push("out of its box: " + node.textContent);
  }
  texts.forEach(({ node, area: a }, k) => {
    for (const { node: other, area: b } of texts.slice(0, k)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 4) faults.push(node.textContent + " over " + other.textContent);
    }
  });
  return faults;
})()`;

testInBrowser("no letters overlap, leave their box or leave the page", async (browser) => {
  const page = await browser.newPage();
  for (const [name, draw] of Object.entries(drawings)) {
    await page.setContent(draw().svg);
    assert.deepEqual(await page.evaluate(FAULTS), [], name);
  }
});

testInBrowser("a picture is as wide as was asked for, at most", async (browser) => {
  const page = await browser.newPage();
  for (const [name, draw] of Object.entries(drawings)) {
    await page.setContent(draw().svg);
    const width = await page.evaluate('document.querySelector("svg").getBoundingClientRect().width');
    assert.ok((width as number) <= 960, `${name}: ${width}`);
  }
});

/** The colours of the picture that the browser came to: of the page, of a cell and of the letters in it. */
async function colours(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    const fill = (selector) => getComputedStyle(document.querySelector(selector)).fill;
    return [fill(".nd-paper"), fill(".nd-t0"), fill(".nd-cell .nd-box"), fill(".nd-cell text")];
  })()`)) as string[];
}

testInBrowser("colours follow what the reader prefers, or the theme, or the page", async (browser) => {
  const light = await browser.newPage({ colorScheme: "light" });
  const dark = await browser.newPage({ colorScheme: "dark" });
  const auto = np.draw(a).svg;
  for (const page of [light, dark]) await page.setContent(auto);
  const [onLight, onDark] = [await colours(light), await colours(dark)];
  assert.equal(onLight[0], "rgb(255, 255, 255)");
  assert.equal(onDark[0], "rgb(15, 20, 27)");
  assert.deepEqual(onLight.slice(2), onDark.slice(2));
  await light.setContent(np.draw(a, { theme: "dark" }).svg);
  assert.deepEqual(await colours(light), onDark);
  await dark.setContent(np.draw(a, { theme: "light" }).svg);
  assert.deepEqual(await colours(dark), onLight);
  await light.setContent(`<style>:root { --nd-paper: rgb(1, 2, 3) }</style>${auto}`);
  assert.equal((await colours(light))[0], "rgb(1, 2, 3)");
});

testInBrowser("where colours are forced, cells have those of the page", async (browser) => {
  const page = await browser.newPage({ forcedColors: "active" });
  await page.setContent(np.draw(a).svg);
  const [paper, axis, box, letter] = await colours(page);
  assert.equal(box, paper);
  assert.equal(letter, axis);
  assert.notEqual(letter, box);
});

testInBrowser("several pictures on one page do not disturb each other", async (browser) => {
  const page = await browser.newPage();
  const svgs = [np.draw(a, { theme: "dark" }).svg, np.draw(a, { theme: "light" }).svg];
  await page.setContent(svgs.join(""));
  const papers = await page.evaluate(
    '[...document.querySelectorAll(".nd-paper")].map((node) => getComputedStyle(node).fill)',
  );
  assert.deepEqual(papers, ["rgb(15, 20, 27)", "rgb(255, 255, 255)"]);
});

testInBrowser("axe finds nothing in the HTML, light and dark", async (browser) => {
  const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ colorScheme });
    const { html } = np.draw({ a, back: a.slice("::-1", "::2") }, { title: "Rows in reverse" });
    const head = '<meta name="color-scheme" content="light dark"><title>A picture</title>';
    await page.setContent(
      `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>A picture</h1>${html}</main></body></html>`,
    );
    await page.evaluate('document.querySelector("details").open = true');
    await page.evaluate(axe);
    const found = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, help }) => id + ': ' + help))",
    );
    assert.deepEqual(found, []);
    await page.close();
  }
});
