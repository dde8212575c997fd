// Writes docs/accuracy.md: npx tsx scripts/accuracy.ts [name …]; with names it only prints what it finds.
import { writeFileSync } from "node:fs";
import { functions } from "./accuracy/functions.ts";
import { type Finding, loopsOf, Reference } from "./accuracy/measure.ts";

const N = 100_000;

function drawText([how, from, to]: Finding["draws"][number]): string {
  if (how === "even") return `${from} … ${to}`;
  return `${how === "signed" ? "±" : ""}${from} … ${to} by magnitude`;
}

function row({ name, types, draws, n, max, numpy, at }: Finding): string {
  const cells = [
    name,
    types,
    draws.map(drawText).join("; "),
    n,
    max.toFixed(3),
    numpy.toFixed(3),
    at.join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}

const text = `# Accuracy

Written by \`npx tsx scripts/accuracy.ts\`. Each row draws arguments (seeded, "by magnitude" means every binade as likely as
the next) and compares with NumPy's long double functions, whose own error is about a thousandth of an ulp of float64. An
ulp is the distance between neighbouring floats at the right result, subnormal ones included; 0.5 is what rounding alone
costs. For complex results the error of both parts is taken in ulps of the larger part. The fifth column is the error of
this library, the sixth that of the installed NumPy on the same arguments, the last is where ours was found.

| function | loop | arguments | n | max ulp | NumPy's max ulp | at |
|---|---|---|---|---|---|---|
`;

const wanted = new Set(process.argv.slice(2));
const reference = new Reference();
const rows: string[] = [];
let seed = 1;
for (const measured of functions) {
  if (wanted.size > 0 && !wanted.has(measured.name)) continue;
  for (const domain of measured.domains) {
    for (const types of loopsOf(measured, domain)) {
      const line = row(await reference.measure(measured, types, domain, N, seed++));
      rows.push(line);
      if (wanted.size > 0) console.log(line);
    }
  }
}
reference.close();
if (wanted.size === 0)
  writeFileSync(new URL("../docs/accuracy.md", import.meta.url), `${text}${rows.join("\n")}\n`);
