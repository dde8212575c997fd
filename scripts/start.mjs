// npm start [-- FILE INDEX]: sets up, builds and runs the ndview command, on the sample unless told otherwise.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { root, setup } from "./setup.mjs";

const SAMPLE = "samples/seattle-weather.npy";
// The last day first, and only its two temperatures.
const SAMPLE_INDEX = "[::-1, 1:3]";

setup();
build();

const given = process.argv.slice(2);
if (given.length === 0 && !existsSync(join(root, SAMPLE))) {
  console.error(`start: the sample ${SAMPLE} is missing; name a file: npm start -- FILE.npy "[:, ::-1]"`);
  process.exit(1);
}
// npm moves to the package's folder; the file is named from where the user stands.
const cwd = given.length > 0 ? (process.env.INIT_CWD ?? process.cwd()) : root;
const words = given.length > 0 ? given : [SAMPLE, SAMPLE_INDEX];
if (given.length === 0) console.error(`$ npx ndview ${SAMPLE} "${SAMPLE_INDEX}"\n`);
const { status } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...words], {
  cwd,
  stdio: "inherit",
});
process.exit(status ?? 1);
