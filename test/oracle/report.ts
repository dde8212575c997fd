/** A difference as a person reads it: the chain as NumPy and as ndview, and both answers. */

import type { Chain } from "./chain.ts";
import type { Counts, Difference } from "./compare.ts";
import { operations } from "./operations.ts";

function code(chain: Chain, side: "py" | "js"): string {
  return chain.steps
    .map((step) => {
      const op = operations[step.op]!;
      const text = op[side](step.args);
      if (op.kind !== "make" || step.out.length === 0) return `  ${text}`;
      const names = step.out.map((id) => `a${id}`).join(", ");
      if (side === "py") return `  ${names}${many(chain, step.op, step.out.length) ? ", " : ""} = ${text}`;
      return `  const ${many(chain, step.op, step.out.length) ? `[${names}]` : names} = ${text};`;
    })
    .join("\n");
}

function many(_chain: Chain, op: string, count: number): boolean {
  return count > 1 || /[sS]plit|unstack|broadcastArrays|meshgrid/.test(op);
}

export function reportText(chain: Chain, difference: Difference): string {
  return [
    `${difference.what} (step ${difference.step}, seed ${chain.seed})`,
    "NumPy:",
    code(chain, "py"),
    `  gives ${JSON.stringify(difference.numpys)}`,
    "ndview:",
    code(chain, "js"),
    `  gives ${JSON.stringify(difference.ours)}`,
  ].join("\n");
}

export function countsText(counts: Counts, seconds: number): string {
  const excused = Object.entries(counts.excused).map(([name, count]) => `${name} ${count}`);
  return [
    `${counts.chains} chains, ${counts.steps} steps, ${counts.arrays} arrays, ${counts.pairs} pairs,`,
    `${counts.told} scalars, ${counts.errors} equal errors in ${seconds.toFixed(1)} s`,
    excused.length === 0 ? "" : `; excused: ${excused.join(", ")}`,
  ].join(" ");
}
