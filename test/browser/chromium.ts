import { type TestContext, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
// @ts-expect-error: a script without types
import { findChromium } from "../../scripts/chromium.mjs";

const path: string | undefined = findChromium();

/** Starts the browser, which the caller closes. WebGPU runs in software. */
export function openBrowser(): Promise<Browser> {
  const gpu = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-features=Vulkan"];
  const args = ["--no-sandbox", "--disable-dev-shm-usage", ...gpu];
  return chromium.launch({ executablePath: path!, args, headless: true });
}

/** A test that needs Chromium: left out where there is none, which in CI is a failure. */
export function testInBrowser(name: string, body: (browser: Browser, t: TestContext) => Promise<void>): void {
  const missing = path === undefined && process.env.CI !== "true";
  const skip = missing ? "no Chromium found; install it, or name it in NDVIEW_CHROMIUM" : false;
  test(name, { skip }, async (t) => {
    if (path === undefined) throw new Error("CI needs Chromium: install it, or name it in NDVIEW_CHROMIUM");
    const browser = await openBrowser();
    try {
      await body(browser, t);
    } finally {
      await browser.close();
    }
  });
}

export type { Browser, Page };
