import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { nameTable } from "../../src/expr/index.ts";
import { signatureNames, signatureOf } from "../../src/expr/parameters.ts";
import { skip } from "./programs.ts";

const script = `
import inspect, json, sys
import numpy as np
import numpy.lib.recfunctions
from numpy.lib import stride_tricks, array_utils

def find(path):
    if "." not in path:
        for place in (np, stride_tricks, array_utils):
            if hasattr(place, path):
                return getattr(place, path)
    place = np.lib if path.startswith("recfunctions") else np
    for word in path.split("."):
        place = getattr(place, word)
    return place

def names(path):
    try:
        f = find(path)
        return [n for n, p in inspect.signature(f).parameters.items()], [
            n for n, p in inspect.signature(f).parameters.items()
            if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        ]
    except ValueError:
        return None
print(json.dumps({path: names(path) for path in json.load(sys.stdin)}))
`;

/** Written by hand, because the signature says less: two names of bounds, one of two operands. */
const byHand = new Set(["clip", "arange", "where", "datetime64", "timedelta64", "can_cast", "frombuffer"]);
/** What goes by position there and by name here, or is one more keyword here. */
const added: Readonly<Record<string, readonly string[]>> = {
  astype: ["order", "casting"],
  pad: ["stat_length", "constant_values", "end_values", "reflect_type"],
};

test("every name of the table is a function here", () => {
  const table = nameTable();
  const inModules = [...signatureNames()].filter((name) => name.includes("."));
  const missing = inModules.filter((name) => !table.has(name) && !table.has(`lib.${name}`));
  assert.deepEqual(missing, []);
  const plain = [...signatureNames()].filter((name) => !name.includes(".") && !table.has(name));
  // They live in submodules of NumPy.
  assert.deepEqual(
    plain.sort(),
    ["byte_bounds", "normalize_axis_index", "normalize_axis_tuple"].filter((name) => !table.has(name)),
  );
});

test("the parameters are NumPy's, in their order, and as many must be given", { skip }, () => {
  const names = [...signatureNames()].filter((name) => !byHand.has(name));
  const asked = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-W", "ignore", "-c", script], {
    input: JSON.stringify(names),
    encoding: "utf8",
  });
  assert.equal(asked.status, 0, asked.stderr);
  const there = JSON.parse(asked.stdout) as Record<string, [string[], string[]] | null>;
  for (const name of names) {
    const known = there[name];
    if (known === null || known === undefined) continue;
    const { parameters, required, collects } = signatureOf(name)!;
    if (collects) continue;
    const mine = parameters.map((one) => one.name).filter((one) => !added[name]?.includes(one));
    // In the order there; keywords that are not there yet may be missing.
    assert.deepEqual(
      mine,
      known[0].filter((one) => mine.includes(one)),
      name,
    );
    const must = known[1].length;
    if (!name.startsWith("expand_dims"))
      assert.ok(required <= must, `${name} asks for ${required}, NumPy for ${must}`);
  }
});
