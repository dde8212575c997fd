/**
 * What the page and its worker say to each other. A request has a number, and every answer to it has the same; a run
 * answers with a card for each statement as soon as it is done, and with `done` at the end.
 */

/** A file that was dropped: its variables exist in every program, made anew from the bytes for each run. */
export type FileSent =
  | {
      readonly kind: "npy" | "npz";
      readonly name: string;
      readonly variable: string;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: "image";
      readonly name: string;
      readonly variable: string;
      readonly bytes: Uint8Array;
      readonly width: number;
      readonly height: number;
    };

/** What an array is, apart from its elements. */
export interface ArrayFacts {
  /** By which the page asks for more of this array. */
  readonly key: string;
  /** What it is called on its card: a variable, or the place in a list. */
  readonly label: string;
  /** What NumPy prints. */
  readonly text: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly itemsize: number;
  readonly size: number;
  readonly nbytes: number;
  readonly flags: readonly { readonly name: string; readonly set: boolean }[];
  readonly base: string;
  /** Whether the statement made memory, looks at memory that was there, or gave an array that was there. */
  readonly origin: "view" | "same" | "new" | "written";
  readonly why: string;
  /** The layout in words, and what keeps it from being contiguous. */
  readonly layout: string;
  readonly notC: string | null;
  readonly notF: string | null;
  /** The buffer by a number of its own, and the byte at which element (0, 0, …) lies. */
  readonly buffer: number;
  readonly offset: number;
  /** What it can be looked at as, apart from text. */
  readonly looks: readonly Look[];
  /** The picture, when the array is small enough to be drawn at once. */
  readonly picture: Picture | null;
}

/** A drawing of memory. Its addresses count from `origin` in a buffer, for each of its strips. */
export interface Picture {
  readonly svg: string;
  readonly strips: readonly { readonly buffer: number; readonly origin: number }[];
}

export type Look = "table" | "heat" | "line" | "image";

/** A copy that a statement made, or memory that it took. */
export interface CopyFact {
  readonly bytes: number;
  readonly what: "copied" | "took" | "looked at";
  readonly operation: string;
  /** Whether nobody asked for it. */
  readonly hidden: boolean;
  readonly why: string;
}

/** One statement that has run. */
export interface Card {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly name: string | null;
  readonly type: string;
  readonly text: string;
  readonly arrays: readonly ArrayFacts[];
  readonly moreArrays: number;
  readonly copies: readonly CopyFact[];
  readonly milliseconds: number;
}

/** What went wrong, and where in the program. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly message: string;
}

export interface VariableFacts {
  readonly name: string;
  readonly key: string | null;
  readonly type: string;
}

export interface RunResult {
  readonly problem: Problem | null;
  readonly variables: readonly VariableFacts[];
  /** The arrays that were written to after their cards were made. */
  readonly changed: readonly string[];
}

/** Elements of a plane of an array, thinned out to fit a picture. Row r of the sample is row r·rowStep of the plane. */
export interface PlaneSample {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
  readonly allRows: number;
  readonly allColumns: number;
  readonly low: number;
  readonly high: number;
  /** How many of the whole array are no finite numbers. */
  readonly notFinite: number;
}

export interface LineSample {
  readonly values: Float64Array;
  readonly step: number;
  readonly length: number;
}

export interface ImageSample {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly step: number;
}

/** Elements as text, a window of a plane. */
export interface CellWindow {
  readonly row: number;
  readonly column: number;
  readonly texts: readonly (readonly string[])[];
}

export interface Comparison {
  readonly shares: boolean;
  readonly may: boolean;
  readonly words: string;
  /** Elements of each of the two that lie on a byte of the other; null when there are too many to list. */
  readonly shared: readonly [SharedElements, SharedElements];
  readonly picture: Picture;
  readonly contiguous: readonly [Contiguous, Contiguous];
}

export interface SharedElements {
  readonly count: number | null;
  readonly indices: readonly string[];
}

export interface Contiguous {
  readonly copied: boolean;
  readonly bytes: number;
  readonly why: string;
  readonly picture: Picture | null;
}

/** Who looks at a buffer. */
export interface Keeper {
  readonly name: string;
  readonly description: string;
  readonly reached: number;
  /** The bytes between which it lies. */
  readonly range: readonly [low: number, high: number];
  readonly owner: boolean;
}

export interface BufferFacts {
  readonly id: number;
  readonly bytes: number;
  readonly used: number;
  /** Whether `used` is exact; if not, it is at most that much. */
  readonly exact: boolean;
  readonly shared: boolean;
  readonly keepers: readonly Keeper[];
  /** Which 1/200ths of the buffer are used, from 0 to 1. */
  readonly coverage: readonly number[];
}

export interface MemoryFacts {
  readonly buffers: readonly BufferFacts[];
  readonly kept: number;
  readonly used: number;
}

/** What the page asks, by the name of the question: what it sends, and what it gets. */
export interface Questions {
  file: { ask: { file: FileSent }; answer: { arrays: readonly string[] } };
  forget: { ask: { variable: string }; answer: null };
  run: { ask: { source: string; width: number }; answer: RunResult };
  names: { ask: object; answer: { names: readonly string[]; members: readonly string[] } };
  picture: { ask: { key: string; width: number }; answer: Picture };
  plane: { ask: { key: string; leading: readonly number[]; most: number }; answer: PlaneSample };
  line: { ask: { key: string; axis: number; at: readonly number[]; most: number }; answer: LineSample };
  image: { ask: { key: string; most: number }; answer: ImageSample };
  cells: {
    ask: {
      key: string;
      leading: readonly number[];
      row: number;
      column: number;
      rows: number;
      columns: number;
    };
    answer: CellWindow;
  };
  npy: { ask: { key: string }; answer: { bytes: Uint8Array<ArrayBuffer> } };
  compare: { ask: { first: string; second: string; width: number }; answer: Comparison };
  memory: { ask: object; answer: MemoryFacts };
}

export type QuestionName = keyof Questions;
export type Ask<Q extends QuestionName> = Questions[Q]["ask"];
export type Answer<Q extends QuestionName> = Questions[Q]["answer"];

export interface Request<Q extends QuestionName = QuestionName> {
  readonly id: number;
  readonly question: Q;
  readonly ask: Ask<Q>;
}

export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "begin"; readonly id: number; readonly start: number; readonly end: number }
  | { readonly kind: "card"; readonly id: number; readonly card: Card }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer<QuestionName> }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
