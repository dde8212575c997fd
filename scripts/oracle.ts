// npm run oracle [-- --minutes 10] [--seed N] [--kinds 8]: random chains against NumPy until the time is over.
import { parseArgs } from "node:util";
import { campaign } from "../test/oracle/campaign.ts";
import { NumPy, numpyVersion } from "../test/oracle/numpy.ts";
import { countsText, reportText } from "../test/oracle/report.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string" },
    kinds: { type: "string", default: "8" },
  },
});
const version = numpyVersion();
if (version === null) {
  console.error("oracle: no python3 with NumPy found; name a Python that has it in NDVIEW_PYTHON");
  process.exit(1);
}
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
const end = performance.now() + Number(values.minutes) * 60_000;
let shown = performance.now();
console.log(`oracle: NumPy ${version}, seed ${seed}, ${values.minutes} min`);

const numpy = new NumPy();
const result = await campaign(numpy, {
  seed,
  kinds: Number(values.kinds),
  more(counts) {
    const now = performance.now();
    if (now - shown > 5000) {
      shown = now;
      console.log(
        `  ${counts.chains} chains, ${counts.arrays} arrays, ${Math.ceil((end - now) / 1000)} s left`,
      );
    }
    return now < end;
  },
});
numpy.close();
for (const { chain, difference } of result.found) console.log(`\n${reportText(chain, difference)}`);
console.log(`\n${countsText(result.counts, result.seconds)}; ${result.found.length} kinds of difference`);
process.exitCode = result.found.length > 0 ? 1 : 0;
