import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// ndview/explain as the built package has it: without methods, for ndview and ndview/functions alike.
const root = fileURLToPath(new URL("../../", import.meta.url));

function printed(code: string): string {
  const args = ["--input-type=module", "--eval", code];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return stdout.trim() || stderr;
}

test("draw works beside ndview/functions, on structures, strings and dates too", () => {
  const code = `
    import * as f from "ndview/functions";
    import { draw } from "ndview/explain";
    const records = f.array([1, 2].map((x) => [x, "a"]), f.dtype([["x", "u1"], ["y", "U1"]]));
    const days = f.arange(f.datetime64("2024-02-28"), f.datetime64("2024-03-02"));
    const { text, svg, html } = draw({ records, days, y: f.field(records, "y") });
    console.log([/\\(1, 'a'\\)/, /'2024-02-29'/, /a view of records/].map((part) => part.test(text)).join());
    console.log(svg.startsWith("<svg"), html.startsWith("<figure"));`;
  assert.equal(printed(code), "true,true,true\ntrue true");
});

test("both entries have one draw", () => {
  const code =
    'import * as np from "ndview"; import { draw } from "ndview/explain"; console.log(np.draw === draw)';
  assert.equal(printed(code), "true");
});

test("a bundle of draw holds no methods, no engine and no files", async () => {
  const { metafile } = await build({
    stdin: { contents: 'import { draw } from "ndview/explain"; globalThis.f = draw;', resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output!.inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path] : [],
  );
  assert.ok(files.some((path) => path.endsWith("explain/draw.js")));
  assert.deepEqual(
    files.filter((path) => /methods|\/engine\/|\/ops\/|\/io\/|explain\/trace/.test(path)),
    [],
  );
});
