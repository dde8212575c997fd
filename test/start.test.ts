import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const started: ChildProcess[] = [];
after(() => {
  for (const child of started) child.kill("SIGKILL");
});

/** Starts the explorer; resolves with its address and the process. */
async function start(
  ...options: readonly string[]
): Promise<{ url: string; said: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ["scripts/start.mjs", ...options], { cwd: root, env: process.env });
  started.push(child);
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  for await (const text of child.stdout) {
    said += text;
    const url = /http:\S+/.exec(said)?.[0];
    if (url !== undefined && said.includes("Ctrl+C")) return { url, said, child };
  }
  throw new Error(`start ended: ${said}`);
}

test("npm start serves the explorer to this machine, prints where, and ends when asked", async () => {
  const { url, child } = await start("--port", "0");
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  const page = await fetch(url);
  assert.match(await page.text(), /<title>ndview explorer<\/title>/);
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'.*connect-src 'self'/);
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  assert.equal(code, 0);
});

test("where the port is taken the next one is used, and said", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as { port: number };
  const { url, said, child } = await start("--port", String(port));
  assert.match(said, new RegExp(`port ${port} is in use`));
  assert.equal((await fetch(url)).status, 200);
  child.kill("SIGTERM");
  await once(child, "exit");
  blocker.close();
});

test("what is no option is refused, with what there is", () => {
  for (const [words, message] of [
    [["--port", "x"], /--port takes a number/],
    [["--port", "70000"], /--port takes a number/],
    [["--colour"], /--colour/],
    [["a.npy", "[0]"], /npx ndview FILE \[INDEX\]/],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/start.mjs", ...words], {
      cwd: root,
      encoding: "utf8",
    });
    assert.equal(status, 2);
    assert.match(stderr, message);
  }
});
