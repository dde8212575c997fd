import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const bundle = process.env.NDVIEW_TEST_BUNDLE;

/** Whether every array moves to the memory of kernels at once: test/near.ts. */
export const everythingIsNear = process.execArgv.some((word) => word.endsWith("/near.js"));

/** What Node is given to run a source, by its path from the root: its bundle where npm test has made one, or tsx and itself. */
export function programArguments(path: string): string[] {
  return bundle === undefined ? ["--import", "tsx", join(root, path)] : [built(path)];
}

/** The address at which a program finds a source; with `loader` for Node, which is empty where nothing has to be translated. */
export function sourceModule(path: string): { url: string; loader: string[] } {
  if (bundle === undefined) return { url: pathToFileURL(join(root, path)).href, loader: ["--import", "tsx"] };
  return { url: pathToFileURL(built(path)).href, loader: [] };
}

function built(path: string): string {
  return join(bundle as string, path.replace(/ts$/, "js"));
}
