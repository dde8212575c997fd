import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkFolder } from "./golden.ts";

test("files that NumPy wrote are read as they were meant, and written again to the same byte", () => {
  const { arrays, same } = checkFolder(fileURLToPath(new URL("../golden/npy", import.meta.url)));
  assert.ok(arrays > 80 && same > 50, `${arrays} arrays, ${same} files of the same bytes`);
});
