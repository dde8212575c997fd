/** Programs run here and by Python, and what differs. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ExprError, Interpreter } from "../../src/expr/index.ts";
import { numpyVersion } from "../oracle/numpy.ts";

const script = fileURLToPath(new URL("python_programs.py", import.meta.url));
const version = numpyVersion();
const required = process.env.CI === "true" || process.env.NDVIEW_REQUIRE_ORACLE !== undefined;
/** Why there is nothing to compare with. */
export const skip = version === null && !required && "no python3 with NumPy";

/** What came of a program: the text of each statement, and Python's name of the error that ended it. */
export interface Outcome {
  readonly texts: readonly string[];
  readonly error: string | null;
  readonly message?: string;
}

/** What Python answers. */
export function askPython(programs: readonly string[]): Outcome[] {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const asked = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-B", script], {
    input: `${JSON.stringify(programs)}\n`,
    env,
    maxBuffer: 2 ** 30,
  });
  if (asked.status !== 0) throw new Error(String(asked.stderr));
  return JSON.parse(String(asked.stdout)) as Outcome[];
}

/** What the interpreter answers. */
export function runHere(source: string, limits = {}): Outcome {
  const session = new Interpreter({ limits });
  const texts: string[] = [];
  try {
    for (const { text } of session.steps(source)) texts.push(text);
    return { texts, error: null };
  } catch (error) {
    if (!(error instanceof ExprError)) throw error;
    return { texts, error: error.python, message: error.message };
  }
}

/** Errors that Python tells apart and we do not. */
const alike: Readonly<Record<string, string>> = {
  AxisError: "IndexError",
  UFuncTypeError: "TypeError",
  UFuncOutputCastingError: "TypeError",
  UFuncNoLoopError: "TypeError",
  _UFuncNoLoopError: "TypeError",
  _UFuncBinaryResolutionError: "TypeError",
  _UFuncInputCastingError: "TypeError",
  _UFuncOutputCastingError: "TypeError",
  DTypePromotionError: "TypeError",
  OverflowError: "ValueError",
  KeyError: "ValueError",
};

function errorClass(name: string | null): string | null {
  return name === null ? null : (alike[name] ?? name);
}

/** How two outcomes differ, or null. */
export function difference(here: Outcome, there: Outcome): string | null {
  for (let k = 0; k < Math.max(here.texts.length, there.texts.length); k++) {
    const [mine, theirs] = [here.texts[k], there.texts[k]];
    if (mine === theirs) continue;
    const told = (text: string | undefined, { error, message }: Outcome) => text ?? `${error}: ${message}`;
    return `statement ${k}\n--- here\n${told(mine, here)}\n--- NumPy\n${told(theirs, there)}`;
  }
  if (errorClass(here.error) === errorClass(there.error)) return null;
  return `--- here ${here.error}: ${here.message}\n--- NumPy ${there.error}: ${there.message}`;
}

/** What differs, program by program. */
export function differences(programs: readonly string[]): string[] {
  const there = askPython(programs);
  return programs.flatMap((source, k) => {
    const found = difference(runHere(source), there[k] as Outcome);
    return found === null ? [] : [`${source}\n${found}`];
  });
}
