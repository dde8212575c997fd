/** The explorer in Chromium: built once, served on a free port, watched for errors while a test uses it as a person would. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
// @ts-expect-error: a script without types
import { buildExplorer, serveExplorer } from "../../scripts/explorer.mjs";
import type { Browser, Page } from "./chromium.ts";

const artifacts = fileURLToPath(new URL("artifacts/", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Server {
  readonly url: string;
  close(): Promise<void>;
}

// One for all the tests of a file.
let server: Promise<Server> | undefined;
after(async () => (await server)?.close());

async function startServer(): Promise<Server> {
  await buildExplorer();
  return serveExplorer({ port: 0 });
}

type PageOptions = Parameters<Browser["newContext"]>[0];

/** A page of the explorer, and what a test asks of it. */
export interface Explorer {
  readonly page: Page;
  readonly url: string;
  /** Waits until the program has run again after `act`. */
  runs(act: () => Promise<unknown>): Promise<void>;
  /** Replaces the program, by the keyboard. */
  write(program: string): Promise<void>;
  /** Keeps a picture of the page, and looks for what would be a barrier to some. */
  picture(name: string): Promise<void>;
  choose(example: string): Promise<void>;
}

/** Serves the explorer while `body` uses a page of it; then nothing may have gone wrong in the page. */
export async function withExplorer(
  browser: Browser,
  body: (explorer: Explorer) => Promise<void>,
  options: PageOptions & { readonly hash?: string } = {},
): Promise<void> {
  const { url } = await (server ??= startServer());
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles = watch(page, url);
  await page.goto(url + (options.hash ?? ""));
  await page.waitForSelector('.run-bar[data-runs]:not([data-runs="0"])', { timeout: 15_000 }).catch(() => {
    throw new Error(`the page does not come up: ${troubles.join("; ")}`);
  });
  await body(explorerOf(page, url));
  assert.deepEqual(troubles, []);
  await context.close();
}

/** What the console says, what fails, and what is asked of anybody else. */
function watch(page: Page, url: string): string[] {
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    const isOwn = request.url().startsWith(url) && request.method() === "GET";
    if (!isOwn && !/^(blob|data):/.test(request.url())) troubles.push(`asked: ${request.url()}`);
  });
  return troubles;
}

function explorerOf(page: Page, url: string): Explorer {
  const runs = async (act: () => Promise<unknown>): Promise<void> => {
    const before = await page.getAttribute(".run-bar", "data-runs");
    await act();
    await page.waitForFunction(
      (count) => document.querySelector(".run-bar")?.getAttribute("data-runs") !== count,
      before,
      { timeout: 20_000 },
    );
  };
  const explorer: Explorer = {
    page,
    url,
    runs,
    write: (program) =>
      runs(async () => {
        await page.click(".cm-content");
        await page.keyboard.press("Control+A");
        await page.keyboard.insertText(program);
      }),
    choose: (example) => runs(() => page.selectOption(".header > .field select", example)),
    picture: async (name) => {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: join(artifacts, `explorer-${name}.png`) });
      await requireAccess(page, name);
    },
  };
  return explorer;
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** axe-core finds nothing serious. It is put in from outside, where the page's policy does not reach. */
async function requireAccess(page: Page, name: string): Promise<void> {
  const isThere = await page.evaluate(() => "axe" in globalThis);
  if (!isThere) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: unknown[] }> } };
    return (await checker.run()).violations;
  });
  const serious = (found as Violation[]).filter(
    ({ impact }) => impact === "serious" || impact === "critical",
  );
  const words = serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  assert.deepEqual(words, [], `axe-core on ${name}`);
}

/** The text of everything that a selector finds. */
export const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).allTextContents();

/** How many elements a selector finds. */
export const countOf = (page: Page, selector: string): Promise<number> => page.locator(selector).count();

/** Presses Tab, or another key, until what has the focus is what the selector finds. */
export async function tabTo(page: Page, selector: string, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    const isThere = await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
    if (isThere) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not lead to ${selector}`);
}

/** Waits until what a selector finds says so, all texts together. */
export async function until(page: Page, selector: string, words: string): Promise<void> {
  const isSaid = ({ selector: where, words: what }: { selector: string; words: string }) =>
    [...document.querySelectorAll(where)].some(({ textContent }) => textContent?.includes(what));
  await page.waitForFunction(isSaid, { selector, words }, { timeout: 10_000 }).catch(async (error: Error) => {
    const texts = await textsOf(page, selector);
    throw new Error(`${selector} does not say "${words}" but ${JSON.stringify(texts)}`, { cause: error });
  });
}
