// node --import tsx scripts/golden.ts: asks NumPy for the answers that test/golden/chains.json.gz keeps.
import { drawChain } from "../test/oracle/generate.ts";
import { writeGolden } from "../test/oracle/golden.ts";
import { NumPy, numpyVersion } from "../test/oracle/numpy.ts";

const CHAINS = 400;
// Chains that the live oracle does not draw.
const SEED = 900_000_000;

const numpy = new NumPy();
const chains = Array.from({ length: CHAINS }, (_, k) => drawChain(SEED + k).chain);
const answers = await numpy.ask(chains);
numpy.close();
const cases = chains.map((chain, k) => ({ chain, answer: answers[k]! }));
const bytes = writeGolden({ numpy: numpyVersion()!, cases });
console.log(`golden: ${CHAINS} chains, ${bytes} bytes`);
