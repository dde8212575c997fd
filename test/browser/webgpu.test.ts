import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as np from "../../src/index.ts";
import { fromGPUBuffer, toGPUBuffer } from "../../src/interop/webgpu.ts";
import { everyDtype } from "../interop/plain-dtypes.ts";
import { layouts } from "../sweep/layouts.ts";
import { type Browser, type Page, testInBrowser } from "./chromium.ts";

const page = fileURLToPath(new URL("../interop/webgpu-page.ts", import.meta.url));

/** The page's script, and a page that may have SharedArrayBuffers and, being local, a device. */
async function serve(): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [page],
    bundle: true,
    format: "esm",
    target: "es2022",
    external: ["node:*"],
    // package.json names the modules with side effects by their place in dist/.
    ignoreAnnotations: true,
    write: false,
    logLevel: "error",
  });
  const script = outputFiles[0]!.text;
  const server = createServer(({ url }, response) => {
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    const isScript = url === "/page.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The name of a function of the page. */
type Part = "start" | "roundTrips" | "shader" | "corners";

const call = (tab: Page, part: Part) =>
  tab.evaluate(
    (name) => (globalThis as never as { ndviewPage: Record<string, () => unknown> }).ndviewPage[name]!(),
    part,
  );

testInBrowser("arrays go to a device and come back", async (browser: Browser, t: TestContext) => {
  const server = await serve();
  try {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const missing = (await call(tab, "start")) as string | null;
    if (missing !== null) {
      assert.notEqual(process.env.CI, "true", missing);
      t.skip(missing);
      return;
    }
    await t.test("every dtype in every layout, byte for byte", async () => {
      const { wrong, count } = (await call(tab, "roundTrips")) as { wrong: string[]; count: number };
      assert.deepEqual(wrong, []);
      assert.equal(count, Object.keys(layouts).length * everyDtype.length);
    });
    await t.test("a shader reads what a view shows", async () => {
      const found = (await call(tab, "shader")) as Record<string, [unknown, unknown]>;
      assert.equal(Object.keys(found).length, 6);
      for (const [name, [got, wanted]] of Object.entries(found)) assert.deepEqual(got, wanted, name);
    });
    await t.test("parts of buffers are read, and what cannot be is refused", async () => {
      const said = (await call(tab, "corners")) as Record<string, string>;
      assert.equal(said["a part"], "[7,8,9]");
      assert.equal(said["a part of a mapped buffer"], "[7,8,9]");
      assert.match(said["beyond the end"]!, /3 bytes from offset 10 on do not lie in a buffer of 12/);
      assert.match(said["before the start"]!, /3 bytes from offset -1 on do not lie/);
      assert.match(said["not to be read"]!, /make it with COPY_SRC or MAP_READ/);
      assert.match(said["no shape"]!, /give \{ dtype, shape \}/);
      assert.equal(said["nothing in it"], "4");
      assert.equal(said["nothing out of it"], "[]");
      assert.match(said["too large"]!, /takes 1099511627776 bytes, a buffer of this device at most/);
    });
  } finally {
    server.close();
  }
});

test("without a device the error says where one comes from", async () => {
  const wanted =
    /^ValueError: toGPUBuffer: undefined is no GPUDevice;.*in Node with the package webgpu: npm install webgpu/;
  assert.throws(() => toGPUBuffer(undefined as never, np.ones(2)), wanted);
  const options = { dtype: "float32", shape: [2] } as const;
  await assert.rejects(fromGPUBuffer({} as never, {} as never, options), /is no GPUDevice/);
});
