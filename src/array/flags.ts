import { ValueError } from "../errors.ts";

/** Bits that an array keeps; whether it is contiguous follows from its layout. */
export const OWNDATA = 1;
export const WRITEABLE = 2;

/** What flags are asked of: the array, without importing it. */
export interface Flagged {
  readonly bits: number;
  isContiguous(order: "C" | "F"): boolean;
  isAligned(): boolean;
  setflags(flags: { write?: boolean; align?: boolean }): void;
}

/**
 * What NumPy calls `flags`, under NumPy's names and in camel case. It looks at the array each time, so it
 * never grows old.
 */
export class Flags {
  readonly #array: Flagged;

  constructor(array: Flagged) {
    this.#array = array;
  }

  /** Elements lie one after another, last axis fastest. */
  get cContiguous(): boolean {
    return this.#array.isContiguous("C");
  }
  /** Elements lie one after another, first axis fastest. */
  get fContiguous(): boolean {
    return this.#array.isContiguous("F");
  }
  /** The array allocated its memory itself and is not a view. */
  get owndata(): boolean {
    return (this.#array.bits & OWNDATA) !== 0;
  }
  get writeable(): boolean {
    return (this.#array.bits & WRITEABLE) !== 0;
  }
  set writeable(write: boolean) {
    this.#array.setflags({ write });
  }
  /** Every element's address is a multiple of the dtype's alignment. */
  get aligned(): boolean {
    return this.#array.isAligned();
  }
  /** Always false: nothing is ever written back later. */
  get writebackifcopy(): boolean {
    return false;
  }
  /** F-contiguous and not C-contiguous. */
  get fnc(): boolean {
    return this.fContiguous && !this.cContiguous;
  }
  get forc(): boolean {
    return this.fContiguous || this.cContiguous;
  }
  get behaved(): boolean {
    return this.aligned && this.writeable;
  }
  get carray(): boolean {
    return this.behaved && this.cContiguous;
  }
  get farray(): boolean {
    return this.behaved && this.fnc;
  }
  /** NumPy's bit mask. */
  get num(): number {
    return (
      (this.cContiguous ? 1 : 0) +
      (this.fContiguous ? 2 : 0) +
      (this.owndata ? 4 : 0) +
      (this.aligned ? 0x100 : 0) +
      (this.writeable ? 0x400 : 0)
    );
  }

  get C_CONTIGUOUS(): boolean {
    return this.cContiguous;
  }
  get F_CONTIGUOUS(): boolean {
    return this.fContiguous;
  }
  get OWNDATA(): boolean {
    return this.owndata;
  }
  get WRITEABLE(): boolean {
    return this.writeable;
  }
  set WRITEABLE(write: boolean) {
    this.writeable = write;
  }
  get ALIGNED(): boolean {
    return this.aligned;
  }
  get WRITEBACKIFCOPY(): boolean {
    return false;
  }

  /** As NumPy prints it. */
  toString(): string {
    const names = [
      "C_CONTIGUOUS",
      "F_CONTIGUOUS",
      "OWNDATA",
      "WRITEABLE",
      "ALIGNED",
      "WRITEBACKIFCOPY",
    ] as const;
    return names.map((name) => `  ${name} : ${this[name] ? "True" : "False"}`).join("\n");
  }

  toJSON(): Record<string, boolean> {
    const { cContiguous, fContiguous, owndata, writeable, aligned } = this;
    return { cContiguous, fContiguous, owndata, writeable, aligned };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Throws NumPy's error when `array` may not be written. */
export function requireWriteable(array: { readonly bits: number }, caller: string): void {
  if ((array.bits & WRITEABLE) === 0) {
    throw new ValueError(
      `${caller}: assignment destination is read-only; write to a copy, or setflags({ write: true }) on the array`,
    );
  }
}
