/** What the tests of partners find on this machine that npm does not install. */
import { existsSync } from "node:fs";
import { test } from "node:test";

type TestBody = () => void | Promise<void>;

/**
 * A test that needs something of the system: left out with a word where it is missing, or a failure where everything has
 * been installed (NDVIEW_PARTNERS=required, which .ci/run sets when it could).
 */
export function testWith(what: string, found: boolean, name: string, body: TestBody): void {
  if (found || process.env.NDVIEW_PARTNERS === "required") test(name, body);
  else test(name, { skip: `${what} is not installed here` }, body);
}

const FOLDERS = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/opt/homebrew/lib",
];

/** The path of a shared library, or its bare name when it is in none of the usual places. */
export function library(...names: readonly string[]): { path: string; found: boolean } {
  for (const folder of FOLDERS)
    for (const name of names)
      if (existsSync(`${folder}/${name}`)) return { path: `${folder}/${name}`, found: true };
  return { path: names[0]!, found: false };
}
