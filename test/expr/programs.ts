/** Programs run here and by Python, and what differs. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ExprError, Interpreter, parse } from "../../src/expr/index.ts";
import { numpyVersion } from "../oracle/version.ts";

const script = fileURLToPath(new URL("python_programs.py", import.meta.url));
const version = numpyVersion();
const required = process.env.CI === "true" || process.env.NDVIEW_REQUIRE_ORACLE !== undefined;
/** Why there is nothing to compare with. */
export const skip = version === null && !required && "no python3 with NumPy";

/** What came of a statement: what the prompt shows, or Python's name of the error. */
export interface Outcome {
  readonly text?: string;
  readonly error?: string;
  readonly message?: string;
}

/** What Python answers. */
export function askPython(programs: readonly string[]): Outcome[][] {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const asked = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-B", script], {
    input: `${JSON.stringify(programs)}\n`,
    env,
    maxBuffer: 2 ** 30,
  });
  if (asked.status !== 0) throw new Error(String(asked.stderr));
  return JSON.parse(String(asked.stdout)) as Outcome[][];
}

/** What the interpreter answers. A statement that fails does not end the program. */
export function runHere(source: string): Outcome[] {
  const session = new Interpreter();
  try {
    const { statements } = parse(source);
    return statements.map((statement) => outcomeOf(() => session.execute(statement, source).text));
  } catch (error) {
    return [outcomeOf(() => raise(error))];
  }
}

function raise(error: unknown): never {
  throw error;
}

function outcomeOf(run: () => string): Outcome {
  try {
    return { text: run() };
  } catch (error) {
    if (!(error instanceof ExprError)) throw error;
    return { error: error.python, message: error.message };
  }
}

/** Errors that Python tells apart and we do not. */
const alike: Readonly<Record<string, string>> = {
  AxisError: "IndexError",
  DTypePromotionError: "TypeError",
  OverflowError: "ValueError",
  KeyError: "ValueError",
  MemoryError: "ValueError",
};

function errorClass(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return /UFunc/.test(name) ? "TypeError" : (alike[name] ?? name);
}

/** What differs on purpose: what NumPy says, and the rows of docs/deviations.md that tell why. */
const onPurpose: readonly RegExp[] = [
  // Which of two mistakes is told first (row 194).
  /Cannot cast ufunc|is out of bounds for array of dimension/,
  // Rows 29, 30, 32, 130: of a TypeError or a ValueError an IndexError, and the like.
  /cannot accumulate on a scalar/,
  /does not allow multiple axes/,
  /NumPy boolean array indexing assignment requires/,
  // Row 31.
  /only 0-dimensional arrays can be converted|setting an array element with a sequence|cannot become one element/,
  // Which of two mistakes is told first.
  /output array is read-only/,
  // Powers that Python computes for hours.
  /more than two seconds/,
  /cannot convert float infinity/,
  // There are no object arrays.
  /dtype=object|'object'|is out of bounds for int64 \(/,
];

/** Whether two outcomes of a statement are the same, differ on purpose, or differ. */
function verdict(here: Outcome | undefined, there: Outcome | undefined): "same" | "on purpose" | "differs" {
  // Row 112: which of two zeros is the largest is left open.
  const plain = ({ text }: Outcome = {}) => text?.replace(/-0(?=\.[ ,\])])/g, "0").replace(/ +/g, "");
  if (plain(here) === plain(there) && errorClass(here?.error) === errorClass(there?.error)) return "same";
  // Beside an array of unsigned integers a weak scalar wraps there.
  if (/^where: .* is out of bounds/.test(here?.message ?? "")) return "on purpose";
  // Of a scalar, mean along axis 0 is that scalar here, as sum is.
  if (/axis -?\d is out of bounds for array of dimension 0/.test(there?.message ?? "")) return "on purpose";
  if (here?.error === undefined) return "differs";
  return onPurpose.some((row) => row.test(toldOf(there)) || row.test(toldOf(here)))
    ? "on purpose"
    : "differs";
}

function toldOf({ text, error, message }: Outcome = {}): string {
  return text ?? `${error}: ${message}`;
}

/** How the outcomes of a program differ, or null. What differs on purpose ends the comparison. */
export function difference(here: readonly Outcome[], there: readonly Outcome[]): string | null {
  for (let k = 0; k < Math.max(here.length, there.length); k++) {
    const found = verdict(here[k], there[k]);
    const bothFail = here[k]?.error !== undefined && there[k]?.error !== undefined;
    if (found === "on purpose" && !bothFail) return null;
    if (found === "differs") {
      return `statement ${k}\n--- here\n${toldOf(here[k])}\n--- NumPy\n${toldOf(there[k])}`;
    }
  }
  return null;
}

/** What differs, program by program. */
export function differences(programs: readonly string[]): string[] {
  const there = askPython(programs);
  return programs.flatMap((source, k) => {
    const found = difference(runHere(source), there[k] as Outcome[]);
    return found === null ? [] : [`${source}\n${found}`];
  });
}
