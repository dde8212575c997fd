/** The text of `einsumPath`: what NumPy prints about a path. */

import type { Equation } from "./einsum-parse.ts";
import type { Contraction } from "./einsum-path.ts";

/** A table of the contractions with what they cost. */
export function pathReport(equation: Equation, contractions: readonly Contraction[]): string {
  const { inputs, output, sizes } = equation;
  const distinct = inputs.reduce((sum, term) => sum + new Set(term).size, 0);
  const whole = [...sizes.values()].reduce((size, length) => size * length, 1);
  const naive = whole * (Math.max(1, inputs.length - 1) + (distinct > sizes.size ? 1 : 0));
  const cost = contractions.reduce((sum, one) => sum + one.cost, 0) + 1;
  const scale = Math.max(...contractions.map((one) => one.scale));
  const largest = Math.max(...contractions.map((one) => one.size));
  const rows = contractions.map((one) => {
    const step = `${one.inputs.join(",")}->${one.output}`;
    const rest = `${one.remaining.join(",")}->${output}`;
    return `${String(one.scale).padStart(4)}    ${step.padStart(24)} ${rest.padStart(40)}`;
  });
  return [
    `  Complete contraction:  ${inputs.join(",")}->${output}`,
    `         Naive scaling:  ${sizes.size}`,
    `     Optimized scaling:  ${scale}`,
    `      Naive FLOP count:  ${scientific(naive)}`,
    `  Optimized FLOP count:  ${scientific(cost)}`,
    `   Theoretical speedup:  ${fixed(naive / cost)}`,
    `  Largest intermediate:  ${scientific(largest)} elements`,
    "-".repeat(74),
    `${"scaling".padStart(6)} ${"current".padStart(24)} ${"remaining".padStart(40)}`,
    "-".repeat(74),
    ...rows,
  ].join("\n");
}

/** Python's `%.3e`. */
function scientific(x: number): string {
  const [digits = "", exponent = ""] = x.toExponential(40).split("e");
  const rounded = halfEven(digits);
  const [mantissa, more] = rounded === "10.000" ? ["1.000", 1] : [rounded, 0];
  const power = Number(exponent) + more;
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Python's `%.3f`. */
function fixed(x: number): string {
  return halfEven(x.toFixed(60));
}

/** Exact decimal digits rounded to three behind the point, ties to even, where JS would round them up. */
function halfEven(digits: string): string {
  const [whole = "0", fraction = ""] = digits.split(".");
  const kept = BigInt(whole + fraction.slice(0, 3));
  const rest = fraction.slice(3).padEnd(1, "0");
  const half = `5${"0".repeat(rest.length - 1)}`;
  const up = rest > half || (rest === half && kept % 2n === 1n);
  const text = String(up ? kept + 1n : kept).padStart(4, "0");
  return `${text.slice(0, -3)}.${text.slice(-3)}`;
}
