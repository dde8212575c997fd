import { spawnSync } from "node:child_process";

/** NumPy's version, or null where there is no Python that has it. */
export function numpyVersion(): string | null {
  // npm test asks once for all files.
  const known = process.env.NDVIEW_TEST_NUMPY;
  if (known !== undefined) return known === "" ? null : known;
  const python = process.env.NDVIEW_PYTHON ?? "python3";
  const asked = spawnSync(python, ["-c", "import numpy; print(numpy.__version__)"], { encoding: "utf8" });
  return asked.status === 0 ? asked.stdout.trim() : null;
}
