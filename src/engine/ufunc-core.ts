import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import type { Loop, LoopKernel, PlainRun } from "./loop.ts";

/**
 * What a ufunc is, without the function that a user calls: its loops, found by need, and what is special about them.
 *
 * Loops are written as NumPy's `types` are, in letters, and compactly: `"nn->n: bBhH"` is one loop for each letter, put
 * in place of `n`; parts are set apart by `;`. The order matters: the first loop that takes the operands is the one.
 */

/**
 * How the loop for some operands is found: the first one that all can be cast to safely ("first"), and what is special
 * about a few: integers are divided as float64, comparisons take integers that no dtype of theirs holds, the logical
 * ones turn operands of different dtypes into truth values, and ldexp takes a scalar for an int32.
 */
export type Rule = "first" | "divide" | "compare" | "logical" | "ldexp";

/** One row of the table of ufuncs. */
export interface UfuncDefinition {
  /** NumPy's name in camelCase. */
  readonly name: string;
  readonly nin: number;
  /** How many results there are; 1 if left out. */
  readonly nout?: number;
  /** The loops, such as `"??->?; nn->n: bBhHiIlLefdFD"`. */
  readonly loops: string;
  /** The kernel of a loop, given as NumPy writes it: `"dd->d"`. */
  readonly kernel: (types: string) => LoopKernel;
  /** For the loop `"dd->d"`. */
  readonly plain?: PlainRun;
  /** What a reduction of nothing gives; null, if left out, when there is none. */
  readonly identity?: number | boolean | null;
  /** The core dimensions of a generalised ufunc, such as `"(n),(n)->()"`. */
  readonly signature?: string | null;
  readonly rule?: Rule;
  /** For those that refuse operands that are all bool: what to use instead. */
  readonly insteadOfBool?: string;
  /** Whether the kernel of a signed integer loop may throw half way, so that results must not go straight into `out`. */
  readonly mayThrow?: boolean;
}

/** The dtypes of a loop, and how NumPy writes it. */
export interface LoopTypes {
  readonly text: string;
  readonly inputs: readonly Descriptor[];
  readonly outputs: readonly Descriptor[];
}

/** A ufunc without its call; see {@link UfuncDefinition}. */
export class UfuncCore {
  readonly name: string;
  readonly nin: number;
  readonly nout: number;
  readonly identity: number | boolean | null;
  readonly signature: string | null;
  readonly rule: Rule;
  readonly insteadOfBool: string | null;
  readonly mayThrow: boolean;
  /** For a dtype that was asked for: loops by the codes of their operands. */
  readonly asked = new Map<Descriptor, (Loop | undefined)[]>();
  private readonly loops: string;
  private readonly kernel: (types: string) => LoopKernel;
  private readonly plain: PlainRun | undefined;
  private readonly ready: Record<string, Loop> = {};
  private list: readonly LoopTypes[] | null = null;
  private known: (Loop | undefined)[] | null = null;

  constructor(row: UfuncDefinition) {
    this.name = row.name;
    this.nin = row.nin;
    this.nout = row.nout ?? 1;
    this.identity = row.identity ?? null;
    this.signature = row.signature ?? null;
    this.rule = row.rule ?? "first";
    this.insteadOfBool = row.insteadOfBool ?? null;
    this.mayThrow = row.mayThrow ?? false;
    this.loops = row.loops;
    this.kernel = row.kernel;
    this.plain = row.plain;
  }

  /**
   * Loops by the codes of their operands, 5 bits each; see resolve.ts. The list has its length from the start: one that is
   * filled here and there would become a table that takes long to look into.
   */
  get found(): (Loop | undefined)[] {
    return (this.known ??= new Array<Loop | undefined>(1024));
  }

  /** The loops, in the order in which they are tried. */
  get types(): readonly LoopTypes[] {
    return (this.list ??= writtenOut(this.loops).map(typesOf));
  }

  /**
   * The loop that takes one dtype for all inputs, if there is one. It is found in the text, as most calls want just this, and
   * the first one should not wait for all the others to be written out.
   */
  typesFor({ char }: Descriptor): LoopTypes | null {
    const wanted = `${char.repeat(this.nin)}->`;
    for (const part of this.loops.split(";")) {
      const [pattern = "", letters] = part.trim().split(/: */);
      if (letters !== undefined && !letters.includes(char)) continue;
      const text = letters === undefined ? pattern : pattern.replaceAll("n", char);
      if (text.startsWith(wanted)) return typesOf(text);
    }
    return null;
  }

  /** The loop of those dtypes, with its kernel. */
  loopOf({ text, inputs, outputs }: LoopTypes): Loop {
    const plain = text === "dd->d" ? this.plain : undefined;
    return (this.ready[text] ??= { name: this.name, inputs, outputs, kernel: this.kernel(text), plain });
  }
}

/** The loops that a compact text stands for: `"nn->n: ef"` is `["ee->e", "ff->f"]`. */
export function writtenOut(loops: string): string[] {
  if (loops === "") return [];
  return loops.split(/; */).flatMap((part) => {
    const [pattern = "", letters] = part.split(/: */);
    return letters === undefined ? [pattern] : [...letters].map((letter) => pattern.replaceAll("n", letter));
  });
}

/** The dtypes of a loop as NumPy writes it. */
function typesOf(text: string): LoopTypes {
  const [inputs = "", outputs = ""] = text.split("->");
  return { text, inputs: [...inputs].map(byLetter), outputs: [...outputs].map(byLetter) };
}

/** Found by need: a first call should not wait for all letters of all loops to be looked for. */
const letters: Record<string, Descriptor> = {};

function byLetter(letter: string): Descriptor {
  return (letters[letter] ??= Object.values<Descriptor>(plain).find((dtype) => dtype.char === letter)!);
}
