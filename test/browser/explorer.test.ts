import assert from "node:assert/strict";
import { testInBrowser } from "./chromium.ts";
import { countOf, textsOf, until, withExplorer } from "./explorer-page.ts";

console.log("pictures of each state: test/browser/artifacts/");

testInBrowser(
  "each statement has a card that says what its array is, and whether it was copied",
  async (browser) =>
    withExplorer(browser, async ({ page, write, picture }) => {
      await write(
        "a = np.arange(6).reshape(2, 3)\nb = a[:, ::-1]\nc = b.ravel()\nb[0, 0] = 9\na\na.sum()\nb is b\n",
      );
      const cards = page.locator(".card");
      assert.equal(await cards.count(), 7);
      const b = cards.nth(1);
      assert.equal(await b.locator(".badge").textContent(), "View");
      assert.match(
        (await b.locator(".origin").textContent()) ?? "",
        /of a: strides \(24, -8\) instead of \(24, 8\), the first element 16 bytes further on; nothing was copied/,
      );
      const facts = await b.locator(".fact code").allTextContents();
      assert.deepEqual(facts.slice(0, 3), ["int64", "(2, 3)", "(24, -8)"]);
      assert.match((await b.locator(".fact").nth(3).textContent()) ?? "", /an array without a name/);
      assert.match(
        (await cards.nth(2).locator(".origin").textContent()) ?? "",
        /New memory a copy by ravel: axis 1/,
      );
      assert.match((await cards.nth(3).locator(".origin").textContent()) ?? "", /^Written/);
      assert.match((await cards.nth(4).locator(".values").textContent()) ?? "", /array\(\[\[0, 1, 9\]/);
      assert.match((await cards.nth(5).textContent()) ?? "", /np\.int64\(22\) int64/);
      assert.deepEqual(await cards.nth(1).locator(".flag").allTextContents(), [
        "✗not  C_CONTIGUOUS",
        "✗not  F_CONTIGUOUS",
        "✗not  OWNDATA",
        "✓ WRITEABLE",
        "✓ ALIGNED",
      ]);
      await picture("cards");
    }),
);

testInBrowser(
  "pointing at a cell lights its bytes in every picture of the buffer, and the other way round",
  (browser) =>
    withExplorer(browser, async ({ page, picture }) => {
      await page.hover(".drawing >> nth=1 >> .nd-cell >> nth=0");
      const lit = ".drawing .lit";
      // The cell, and the same bytes in the strip, in each of the pictures of this buffer.
      const pictures = await countOf(page, ".drawing");
      assert.ok(pictures >= 5);
      assert.ok((await countOf(page, ".drawing .nd-cell.lit")) >= 4);
      assert.ok((await countOf(page, ".drawing .nd-byte.lit")) >= 4);
      assert.match((await textsOf(page, ".part-line")).join(" "), /mirrored\[0, 0\]: bytes 24 to 31/);
      assert.match((await textsOf(page, ".part-line")).join(" "), /image\[0, 3\]: bytes 24 to 31/);
      await picture("lit-cell");
      await page.hover(".drawing >> nth=0 >> .nd-byte >> nth=11");
      assert.match(
        (await textsOf(page, ".part-line")).join(" "),
        /image\[2, 3\]: bytes 88 to 95.*mirrored\[2, 0\]/,
      );
      await picture("lit-byte");
      await page.mouse.move(2, 2);
      assert.equal(await countOf(page, lit), 0);
    }),
);

testInBrowser("a switch walks through the elements in order", (browser) =>
  withExplorer(browser, async ({ page, picture }) => {
    await page.locator(".switch").nth(1).click();
    await page.waitForFunction(() => document.querySelectorAll(".drawing .walked").length >= 3);
    const at = Number((await page.textContent(".walk output"))?.split(" ")[0]);
    assert.ok(at >= 3);
    await picture("walk");
    await page.locator(".walk button", { hasText: "Pause" }).click();
    const slider = page.locator('.walk input[type="range"]');
    await slider.focus();
    await page.keyboard.press("Home");
    assert.equal((await page.textContent(".walk output"))?.trim(), "1 of 12");
    await until(page, ".part-line", "mirrored[0, 0]: bytes 24 to 31");
    await page.keyboard.press("ArrowRight");
    await until(page, ".part-line", "mirrored[0, 1]: bytes 16 to 23");
    await page.locator(".switch").nth(1).click();
    await page.waitForFunction(() => document.querySelectorAll(".drawing .walked").length === 0);
  }),
);

testInBrowser("names and signatures are completed, and an error is shown at its place", (browser) =>
  withExplorer(browser, async ({ page, picture, write, runs }) => {
    await write("a = np.arange(6)\n");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("np.slid", { delay: 30 });
    await page.waitForSelector(".cm-tooltip-autocomplete li");
    assert.match(
      (await textsOf(page, ".cm-tooltip-autocomplete li")).join(),
      /sliding_window_view.*window_shape/,
    );
    await picture("completion");
    await page.waitForTimeout(100);
    await page.keyboard.press("Enter");
    await page.keyboard.type("(a, ");
    await page.waitForSelector(".signature-hint");
    assert.match((await page.textContent(".signature-hint")) ?? "", /sliding_window_view\(a, window_shape/);
    await picture("signature");
    await runs(() => page.keyboard.type("30"));
    await page.waitForSelector(".card.trouble");
    assert.match((await page.textContent(".card.trouble")) ?? "", /ValueError/);
    assert.equal(await page.textContent(".cm-lintRange-error"), "np.sliding_window_view(a, 30)");
    await page.keyboard.press("Escape");
    await page.mouse.move(2, 2);
    await page.hover(".cm-lintRange-error");
    await page.waitForSelector(".cm-tooltip-lint");
    await picture("error");
    await page.click(".card.trouble button");
    await write("a = np.arange(6)\na.resh");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("a", { delay: 30 });
    await page.waitForSelector(".cm-tooltip-autocomplete li");
    assert.match((await textsOf(page, ".cm-tooltip-autocomplete li")).join(), /reshape/);
    await page.keyboard.press("Escape");
  }),
);

testInBrowser("two arrays side by side: what they share, and what a contiguous copy would be", (browser) =>
  withExplorer(browser, async ({ page, picture, write }) => {
    await write("a = np.arange(10)\nx = a[::2]\ny = a[1::2]\nz = a[3:6]\n");
    await page.click("#tab-compare");
    const [first, second] = [
      page.locator(".compare-choice select").nth(0),
      page.locator(".compare-choice select").nth(1),
    ];
    await first.selectOption("x");
    await second.selectOption("y");
    await page.waitForFunction(() =>
      document.querySelector(".verdict")?.textContent?.includes("never the same byte"),
    );
    await picture("compare-separate");
    await second.selectOption("z");
    await page.waitForFunction(() =>
      document.querySelector(".verdict")?.textContent?.includes("share memory"),
    );
    const lists = await textsOf(page, ".shared-list li");
    assert.deepEqual(lists, ["1 element of x: [2]", "1 element of z: [1]"]);
    assert.equal(await countOf(page, ".drawing .nd-cell.marked"), 2);
    const contiguous = await textsOf(page, ".contiguous > section > p:first-child");
    assert.match(
      contiguous[0] ?? "",
      /ascontiguousarray\(x\) copies 40 bytes axis 0 has stride 16, wanted 8/,
    );
    assert.match(contiguous[1] ?? "", /ascontiguousarray\(z\) copies nothing/);
    await picture("compare-shared");
  }),
);

testInBrowser(
  "the memory panel says who keeps which buffer, how much of it is used, and what was copied",
  (browser) =>
    withExplorer(browser, async ({ page, picture, choose }) => {
      await choose("What a view keeps alive");
      await page.click("#tab-memory");
      await page.waitForSelector(".buffer");
      const large = page.locator(".buffer").first();
      assert.match((await large.textContent()) ?? "", /8\.0 MB.*80 bytes used/);
      assert.match(
        (await large.locator("tbody tr").first().textContent()) ?? "",
        /column.*float64 \(10,\).*80 bytes/,
      );
      assert.match((await page.textContent(".trace")) ?? "", /small = column\.copy\(\).*copied 80 bytes/);
      await picture("memory");
      await choose("Where copies are made");
      await page.waitForFunction(() => document.querySelectorAll(".trace > li").length >= 5);
      const trace = await textsOf(page, ".trace > li");
      assert.ok(
        trace.some((line) => /a\.T\.reshape.*axis \d has stride.*not asked for/.test(line)),
        trace.join("\n"),
      );
      assert.ok(!trace.some((line) => line.startsWith("b = ")));
      await picture("copies");
    }),
);

testInBrowser(
  "numbers are a heat map, a table, or a line along one axis, as one would rather look",
  (browser) =>
    withExplorer(browser, async ({ page, picture, write }) => {
      await write("x = np.arange(2400.0).reshape(4, 20, 30)\ny = np.array([[1, np.nan], [np.inf, -2]])\n");
      const card = page.locator(".card").first();
      await card.locator(".heat canvas").hover({ position: { x: 5, y: 5 } });
      await until(page, ".heat .part-line", "x[0, 0, 0] = 0");
      await card.locator('input[type="number"]').fill("3");
      await until(page, ".heat .part-line", "x[3, 0, 0] = 1800");
      await picture("heat-map");
      await card.locator("button", { hasText: "Table" }).click();
      await card.locator("td", { hasText: /^32\.0$/ }).hover();
      assert.deepEqual(await textsOf(page, ".card:has(.table) td.lit"), ["32.0"]);
      await picture("table");
      await card.locator("button", { hasText: "Line" }).click();
      await page.waitForSelector(".chart .u-over");
      assert.match((await page.getAttribute(".chart", "aria-label")) ?? "", /30 elements between 0 and 29/);
      await card.locator("select").selectOption("0");
      await page.waitForFunction(() =>
        document
          .querySelector(".chart")
          ?.getAttribute("aria-label")
          ?.includes("4 elements between 0 and 1800"),
      );
      await picture("line");
      const other = page.locator(".card").nth(1);
      await other.locator("button", { hasText: "Heat map" }).click();
      await until(page, ".legend", "2 are NaN or infinite");
    }),
);
