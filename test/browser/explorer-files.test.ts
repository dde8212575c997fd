import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { encode } from "fast-png";
import { hashOf, stateOf } from "../../explorer/src/url-state.ts";
import * as np from "../../src/index.ts";
import { type Page, testInBrowser } from "./chromium.ts";
import { countOf, textsOf, until, withExplorer } from "./explorer-page.ts";

/** Drops a file on the page, as from a file manager. */
async function drop(page: Page, name: string, type: string, bytes: Uint8Array): Promise<void> {
  const given = { name, type, bytes: [...bytes] };
  const transfer = await page.evaluateHandle((file) => {
    const made = new DataTransfer();
    made.items.add(new File([new Uint8Array(file.bytes)], file.name, { type: file.type }));
    return made;
  }, given);
  await page.dispatchEvent(".drop-zone", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent(".drop-zone", "drop", { dataTransfer: transfer });
}

/** The elements of the canvas as bytes, RGBA. */
const pixelsOf = (page: Page, selector: string): Promise<number[]> =>
  page.$eval(selector, (canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext("2d");
    return [...(context?.getImageData(0, 0, width, height).data ?? [])];
  });

testInBrowser(
  "a .npy file that is dropped is a variable, and an array is downloaded as one",
  async (browser) =>
    withExplorer(browser, async ({ page, runs, picture, write }) => {
      const a = np.arange(12n).reshape(3, 4);
      await runs(() => drop(page, "My grid-1.npy", "", np.npyBytes(a.T)));
      assert.match((await textsOf(page, ".files li")).join(), /my_grid_1 My grid-1\.npy/);
      const card = page.locator(".card").last();
      assert.match((await card.textContent()) ?? "", /my_grid_1.*array\(\[\[ 0, {2}4, {2}8\]/s);
      assert.deepEqual((await card.locator(".fact code").allTextContents()).slice(1, 3), [
        "(4, 3)",
        "(8, 32)",
      ]);
      await picture("dropped-npy");
      await write("x = my_grid_1[::-1] * 2\nmy_grid_1[:] = 0\n");
      const downloading = page.waitForEvent("download");
      await page.locator(".card").first().locator("button", { hasText: ".npy" }).click();
      const download = await downloading;
      assert.equal(download.suggestedFilename(), "x.npy");
      const back = np.loadSync(new Uint8Array(await readFile(await download.path())), { as: "npy" });
      assert.deepEqual(back.tolist(), a.T.slice("::-1").multiply(2n).tolist());
      // What a program writes is gone with it: the file is as it was.
      await write("my_grid_1.max()\n");
      assert.match((await page.locator(".card").last().textContent()) ?? "", /11/);
    }),
);

testInBrowser(
  "a .npz file gives each of its arrays, an image its pixels, and anything else is refused",
  async (browser) =>
    withExplorer(browser, async ({ page, runs, picture, write }) => {
      await write("1 + 1\n");
      const archive = np.npzBytes({ x: np.arange(3), y: np.eye(2) });
      await runs(() => drop(page, "both.npz", "", archive));
      assert.match((await textsOf(page, ".statement")).join(), /both_x,both_y/);
      const pixels = Uint8Array.from({ length: 12 * 9 * 4 }, (_, k) => (k % 4 === 3 ? 255 : (k * 7) % 256));
      const png = encode({ width: 12, height: 9, data: pixels, channels: 4 });
      await runs(() =>
        page.setInputFiles(".drop-zone input", {
          name: "photo.png",
          mimeType: "image/png",
          buffer: Buffer.from(png),
        }),
      );
      await page.locator(".image").first().scrollIntoViewIfNeeded();
      await page.waitForFunction(
        () => document.querySelector<HTMLCanvasElement>(".image canvas")?.width === 12,
      );
      assert.deepEqual(await pixelsOf(page, ".image canvas"), [...pixels]);
      await picture("dropped-image");
      await write("photo.shape\nphoto[0, 1].tolist()\nmirrored = photo[:, ::-1]\n");
      const results = await textsOf(page, ".scalar pre");
      assert.deepEqual(results, ["(9, 12, 4)", `[${pixels.slice(4, 8).join(", ")}]`]);
      await page.locator(".image canvas").hover();
      assert.equal(await countOf(page, ".element-mark:not([hidden])"), 1);
      await drop(page, "notes.txt", "text/plain", new Uint8Array(3));
      await until(page, ".notice", "neither .npy, .npz nor an image");
      await drop(page, "broken.npy", "", new Uint8Array([0x93, 1, 2]));
      await until(page, ".notice", "broken.npy: ");
      await page.locator(".files li button").first().click();
      assert.equal(await countOf(page, ".files li"), 1);
    }),
);

testInBrowser("a link shows the same program and the same panel", async (browser) =>
  withExplorer(browser, async ({ page, write, picture, url }) => {
    await write("π = np.arange(4)\nx = π[::2]\n");
    await page.click("#tab-compare");
    await page.waitForFunction(() => location.hash.includes("show=compare"));
    await page.waitForTimeout(600);
    const link = page.url();
    const other = await page.context().newPage();
    await other.goto(link);
    await until(other, ".verdict", "π and x share memory");
    assert.match((await other.textContent(".cm-content")) ?? "", /π = np\.arange\(4\)x = π\[::2\]/);
    await other.reload();
    await until(other, ".verdict", "π and x share memory");
    // Another link in the same page, and one that nobody made.
    await other.goto(`${url}#example=Broadcasting`);
    await until(other, ".cm-content", "Broadcasting");
    await other.goto(`${url}#program=garbage`);
    await until(other, ".cm-content", "Views: one buffer");
    await other.close();
    await picture("link");
  }),
);

testInBrowser("a program that takes too long is stopped, and the page goes on", async (browser) =>
  withExplorer(browser, async ({ page, write, picture }) => {
    await page.selectOption(".run-bar select", "1");
    const started = Date.now();
    await write(
      "a = np.arange(6).reshape(2, 3)\nm = np.ones((3000, 3000))\nslow = m @ m @ m @ m @ m @ m @ m @ m\nb = 1\n",
    );
    await until(page, ".card.trouble", "stopped after 1 s, the time limit");
    assert.ok(Date.now() - started < 15_000);
    assert.match((await page.textContent(".cm-lintRange-error")) ?? "", /^slow = m @ m/);
    await picture("time-limit");
    // The arrays before it are there again: they can be compared, drawn and downloaded.
    await until(page, ".statement", "a = np.arange(6)");
    await page.locator("button", { hasText: "Table" }).first().click();
    await until(page, ".table td", "5");
    await write("a = np.arange(7)\n");
    await until(page, ".notice", "1 statement ran");
    await write("np.zeros(10**12)\n");
    await until(page, ".card.trouble", "MemoryError");
    await write("x = (1 +\n");
    await until(page, ".card.trouble", "SyntaxError");
    await write("");
    await until(page, ".empty", "Write a program");
  }),
);

test("the part of an address after # says what is shown, and nothing else", () => {
  const states = [
    { source: "a = 1\n", tab: "memory" },
    { source: "π = 'ü'\n", tab: "compare", compared: ["π", "x"] as const },
    { example: "Broadcasting" },
  ];
  for (const state of states) {
    const hash = hashOf(state) ?? "";
    assert.match(hash, /^#[\w=&%+~.-]*$/);
    const { example, source, tab, compared } = stateOf(hash);
    assert.deepEqual(
      { example, source, tab, compared },
      { example: undefined, source: undefined, tab: undefined, compared: undefined, ...state },
    );
  }
  const noise = Array.from({ length: 20_000 }, (_, k) => ((k * 7919) % 10_007).toString(36)).join("");
  assert.equal(hashOf({ source: noise }), null);
  assert.deepEqual(stateOf("#program=%%%&show=x"), {
    example: undefined,
    source: undefined,
    tab: "x",
    compared: undefined,
  });
});
