import assert from "node:assert/strict";
import { type Page, testInBrowser } from "./chromium.ts";
import { countOf, tabTo, textsOf, until, withExplorer } from "./explorer-page.ts";

const widthOf = (page: Page) =>
  page.evaluate(() => ({ page: document.documentElement.scrollWidth, window: innerWidth }));

testInBrowser("everything is done by keyboard alone", async (browser) =>
  withExplorer(browser, async ({ page, runs, picture }) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the results");
    await tabTo(page, ".header > .field select");
    await runs(() => page.keyboard.press("ArrowDown"));
    await until(page, ".cm-content", "Broadcasting");
    await tabTo(page, ".cm-content");
    await page.keyboard.press("Control+A");
    await runs(() => page.keyboard.type("a = np.arange(6).reshape(2, 3)\nb = a.T"));
    await page.keyboard.press("Escape");
    // Tab leaves the editor.
    await tabTo(page, ".primary");
    await runs(() => page.keyboard.press("Enter"));
    await tabTo(page, "#tab-arrays");
    await tabTo(page, ".drawing");
    for (const key of ["Home", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
    await until(page, ".part-line", "a[1, 1]: bytes 32 to 39");
    await until(page, ".part-line", "b[1, 1]: bytes 32 to 39");
    await until(page, '[aria-live="polite"]', "a[1, 1]: bytes 32 to 39");
    await picture("keyboard-cell");
    await tabTo(page, ".switch");
    await page.keyboard.press("Space");
    await page.waitForFunction(() => document.querySelectorAll(".drawing .walked").length >= 2);
    await page.keyboard.press("Space");
    await tabTo(page, "li:first-child .segments button:nth-of-type(2)", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".heat canvas");
    await tabTo(page, ".heat canvas");
    await page.keyboard.press("ArrowRight");
    await until(page, ".heat .part-line", "a[0, 1] = 1");
    await picture("keyboard-heat");
    await tabTo(page, "#tab-arrays", "Shift+Tab");
    await page.keyboard.press("ArrowRight");
    await until(page, ".verdict", "a and b share memory");
    await tabTo(page, ".compare-choice select");
    await page.keyboard.press("ArrowDown");
    await until(page, ".verdict", "b and b are one array");
    await picture("keyboard-compare");
  }),
);

testInBrowser("on a phone nothing is wider than the screen", async (browser) => {
  const phone = {
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  };
  await withExplorer(
    browser,
    async ({ page, picture, choose }) => {
      await picture("phone");
      await page.locator(".drawing").nth(1).scrollIntoViewIfNeeded();
      await page.locator(".drawing").nth(1).locator(".nd-cell").first().tap();
      assert.ok((await countOf(page, ".drawing .lit")) >= 2);
      await picture("phone-memory-of-an-array");
      for (const example of ["A picture", "README: dtypes and fields", "A million elements"]) {
        await choose(example);
        await page.locator(".card").last().scrollIntoViewIfNeeded();
        await page.waitForTimeout(300);
        const { page: all, window } = await widthOf(page);
        assert.equal(all, window, example);
      }
      await picture("phone-heat-map");
      for (const tab of ["compare", "memory"]) {
        await page.locator(`#tab-${tab}`).tap();
        await page.waitForSelector(".verdict");
        const { page: all, window } = await widthOf(page);
        assert.equal(all, window, tab);
        await picture(`phone-${tab}`);
      }
    },
    phone,
  );
});

testInBrowser("in dark, by preference or by choice, all that is read stands out", async (browser) => {
  await withExplorer(
    browser,
    async ({ page, picture, choose, write }) => {
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(await background(), "rgb(15, 20, 26)");
      await picture("dark");
      await page.click("#tab-memory");
      await page.waitForSelector(".buffer");
      await picture("dark-memory");
      await page.click("#tab-compare");
      await page.waitForSelector(".verdict");
      await picture("dark-compare");
      await page.click("#tab-arrays");
      await choose("A million elements");
      await page.locator(".card").nth(2).scrollIntoViewIfNeeded();
      await page.waitForSelector(".heat canvas");
      await picture("dark-heat-map");
      await write("x = np.arange(3)\nx[7]\n");
      await page.waitForSelector(".trouble");
      await picture("dark-error");
      await page.selectOption(".header-end select", "light");
      assert.equal(await background(), "rgb(246, 247, 249)");
      await page.reload();
      assert.equal(await background(), "rgb(246, 247, 249)", "the choice is kept");
    },
    { colorScheme: "dark" },
  );
});

testInBrowser("who asked for less motion steps through the walk by hand", async (browser) =>
  withExplorer(
    browser,
    async ({ page }) => {
      await page.locator(".switch").first().click();
      await page.waitForTimeout(1200);
      assert.deepEqual(await textsOf(page, ".walk output"), ["1 of 12"]);
      await page.locator(".walk button", { hasText: "Play" }).click();
      await page.waitForFunction(() => document.querySelectorAll(".drawing .walked").length >= 2);
    },
    { reducedMotion: "reduce" },
  ),
);
