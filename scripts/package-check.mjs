// npm run check: packs the package as npm would publish it, and tries that file as a user would.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { root, run, setup } from "./setup.mjs";

/** What may be in the package; everything else is a mistake in "files" or in the build. */
const MAY_BE_PACKED = /^(package\.json|README\.md|LICENSE|dist\/[\w/-]+\.(c?js|d\.ts)|dist\/LICENSE-fflate)$/;

function pack(folder) {
  const args = ["pack", "--json", "--pack-destination", folder];
  const text = execFileSync("npm", args, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [packed] = Object.values(JSON.parse(text));
  const strangers = packed.files.map((file) => file.path).filter((path) => !MAY_BE_PACKED.test(path));
  if (strangers.length > 0)
    throw new Error(`package-check: not meant to be published: ${strangers.join(", ")}`);
  console.log(
    `${packed.filename}: ${packed.files.length} files, ${packed.size} bytes packed, ${packed.unpackedSize} unpacked`,
  );
  return join(folder, packed.filename);
}

// The unpacked package beside its one dependency, as npm would lay them out.
function install(tarball, folder) {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "ndview"), { recursive: true });
  run("tar", ["-xzf", tarball, "-C", join(modules, "ndview"), "--strip-components=1"]);
  symlinkSync(join(root, "node_modules/fflate"), join(modules, "fflate"), "junction");
  cpSync(join(root, "test/package"), folder, { recursive: true });
}

const bin = (name) => join(root, "node_modules", name);

function heading(text) {
  console.log(`\n-- ${text}`);
}

setup();
build();
const folder = mkdtempSync(join(tmpdir(), "ndview-package-"));
// A failing step ends the process, and the folder goes with it.
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

heading("npm pack");
const tarball = pack(folder);
heading("publint --strict");
run(process.execPath, [bin("publint/src/cli.js"), "--strict", tarball]);
heading("are the types wrong");
run(process.execPath, [
  bin("@arethetypeswrong/cli/dist/index.js"),
  "--no-color",
  "--profile",
  "esm-only",
  tarball,
]);
heading("a user of the packed file");
install(tarball, folder);
run(process.execPath, ["consumer.mjs"], { cwd: folder });
