import assert from "node:assert/strict";
import { type Page, testInBrowser } from "./chromium.ts";
import { until, withExplorer } from "./explorer-page.ts";

/** The times are printed; what is asserted leaves room for a machine that does other things as well. */
const ROOM = 5;

/** The frames that the page draws while `act` goes on, in milliseconds each. */
async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  // As text: what compiles this file puts into functions what the page does not have.
  await page.evaluate(`{
    globalThis.frameTimes = [];
    globalThis.counting = true;
    let last = performance.now();
    const next = (now) => {
      frameTimes.push(now - last);
      last = now;
      if (counting) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }`);
  await act();
  return page.evaluate("counting = false; frameTimes.slice(1)") as Promise<number[]>;
}

function summary(frames: readonly number[]): { text: string; median: number } {
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  const text = `median ${at(0.5).toFixed(1)} ms, 95 % ${at(0.95).toFixed(1)} ms, longest ${at(1).toFixed(1)} ms`;
  return { text: `${text}, ${sorted.length} frames`, median: at(0.5) };
}

testInBrowser("the first view is there soon", async (browser) =>
  withExplorer(browser, async ({ page, url }) => {
    const times: { paint: number; card: number }[] = [];
    for (let visit = 0; visit < 3; visit++) {
      // Each time as somebody who was never here.
      const context = await browser.newContext();
      const fresh = await context.newPage();
      await fresh.goto(url);
      await fresh.waitForSelector(".card .drawing svg");
      const card = await fresh.evaluate(() => performance.now());
      const paint = await fresh.evaluate(
        () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
      );
      times.push({ paint, card });
      await context.close();
    }
    const words = times.map(
      ({ paint, card }) => `${paint.toFixed(0)} ms, with results ${card.toFixed(0)} ms`,
    );
    console.log(`first view: ${words.join("; ")}`);
    assert.ok(Math.min(...times.map(({ paint }) => paint)) < 1000 * ROOM);
    assert.ok((await page.locator(".card").count()) > 0);
  }),
);

testInBrowser("an array of a million elements stays fluid", async (browser) =>
  withExplorer(browser, async ({ page, choose }) => {
    await choose("A million elements");
    const card = page.locator(".card").nth(2);
    await card.scrollIntoViewIfNeeded();
    await page.waitForSelector(".heat canvas");
    await card.locator(".heat canvas").scrollIntoViewIfNeeded();
    const box = await card.locator(".heat canvas").boundingBox();
    assert.ok(box !== null);
    const hovering = summary(
      await framesDuring(page, async () => {
        for (let k = 0; k < 60; k++)
          await page.mouse.move(box.x + 2 + ((k * 5) % box.width), box.y + 2 + ((k * 3) % box.height));
      }),
    );
    console.log(`pointing at a heat map of 10^6 elements: ${hovering.text}`);
    await card.locator("button", { hasText: "Table" }).click();
    await until(page, ".table td", "-0.02000452");
    const frame = card.locator(".table-frame");
    await frame.scrollIntoViewIfNeeded();
    await frame.hover();
    const scrolling = summary(
      await framesDuring(page, async () => {
        for (let k = 0; k < 60; k++) await page.mouse.wheel(k % 3 === 0 ? 120 : 0, 160);
      }),
    );
    console.log(`scrolling a table of 10^6 elements: ${scrolling.text}`);
    await frame.evaluate((element) => element.scrollTo(1e9, 1e9));
    await until(page, ".table th", "999");
    const whole = summary(
      await framesDuring(page, async () => {
        await page.mouse.move(10, 400);
        for (let k = 0; k < 40; k++) await page.mouse.wheel(0, k < 20 ? 200 : -200);
      }),
    );
    console.log(`scrolling the page: ${whole.text}`);
    for (const { median } of [hovering, scrolling, whole]) assert.ok(median < 50 * ROOM);
  }),
);
