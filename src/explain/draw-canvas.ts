/** A page of characters: letters, and lines that join where they meet. */

import { columnsOf, drawable } from "./draw-lettering.ts";

/** The directions in which lines leave a character, as bits. */
const [UP, RIGHT, DOWN, LEFT] = [1, 2, 4, 8];

/** The box drawing character of each set of directions. */
const JOINTS = " ╵╶└╷│┌├╴┘─┴┐┤┬┼";

/** Colours of letters: red, green and blue behind them, and whether they are black or white. */
export interface Paint {
  readonly fill: string;
  readonly ink: string;
}

export class Canvas {
  private readonly rows: (string | number)[][] = [];
  private readonly paints: (Paint | undefined)[][] = [];
  private readonly ascii: boolean;

  constructor(ascii: boolean) {
    this.ascii = ascii;
  }

  /** The number of lines. */
  get height(): number {
    return this.rows.length;
  }

  private row(y: number): (string | number)[] {
    while (this.rows.length <= y) {
      this.rows.push([]);
      this.paints.push([]);
    }
    return this.rows[y]!;
  }

  /** Writes letters; what is cut off on the left is left out. */
  write(x: number, y: number, text: string, paint?: Paint): void {
    const row = this.row(y);
    let at = Math.round(x);
    for (const character of drawable(text)) {
      const columns = columnsOf(character);
      if (columns === 0) {
        if (typeof row[at - 1] === "string") row[at - 1] += character;
        continue;
      }
      if (at >= 0) {
        row[at] = character;
        this.paints[y]![at] = paint;
        // A wide character takes the place behind it.
        if (columns === 2) row[at + 1] = "";
      }
      at += columns;
    }
  }

  private join(x: number, y: number, directions: number): void {
    const row = this.row(y);
    const there = row[x];
    row[x] = (typeof there === "number" ? there : 0) | directions;
  }

  /** The outline of a box whose corners are these characters, joined to the lines that are there. */
  box(left: number, top: number, right: number, bottom: number): void {
    for (let x = left; x < right; x++) {
      for (const y of [top, bottom]) {
        this.join(x, y, RIGHT!);
        this.join(x + 1, y, LEFT!);
      }
    }
    for (let y = top; y < bottom; y++) {
      for (const x of [left, right]) {
        this.join(x, y, DOWN!);
        this.join(x, y + 1, UP!);
      }
    }
  }

  /** Fills with a character or a colour what is empty. */
  fill(left: number, top: number, right: number, bottom: number, character: string, paint?: Paint): void {
    for (let y = top; y <= bottom; y++) {
      const row = this.row(y);
      for (let x = left; x <= right; x++) {
        row[x] ??= character;
        this.paints[y]![x] ??= paint;
      }
    }
  }

  /** Another page with its corner here. */
  place(x: number, y: number, other: Canvas): void {
    other.rows.forEach((from, k) => {
      const row = this.row(y + k);
      from.forEach((what, j) => {
        row[x + j] = what;
        this.paints[y + k]![x + j] = other.paints[k]![j];
      });
    });
  }

  /** The most columns of a line. */
  get width(): number {
    return this.rows.reduce((most, row) => Math.max(most, row.length), 0);
  }

  /** All lines, without blanks behind them; with ANSI colours when wanted. */
  toText(ansi: boolean): string {
    return this.rows.map((row, y) => this.lineText(row, this.paints[y]!, ansi).trimEnd()).join("\n");
  }

  private lineText(row: readonly (string | number)[], paints: readonly (Paint | undefined)[], ansi: boolean) {
    let text = "";
    let before: Paint | undefined;
    for (let x = 0; x < row.length; x++) {
      const paint = ansi && typeof row[x] === "string" ? paints[x] : undefined;
      if (paint !== before) text += paint === undefined ? "\x1b[0m" : ansiOf(paint);
      before = paint;
      text += this.characterOf(row[x]);
    }
    return before === undefined ? text : `${text}\x1b[0m`;
  }

  private characterOf(what: string | number | undefined): string {
    if (typeof what === "string") return what;
    const directions = what ?? 0;
    if (!this.ascii) return JOINTS[directions]!;
    if (directions === 0) return " ";
    if ((directions & (LEFT! | RIGHT!)) === 0) return "|";
    return (directions & (UP! | DOWN!)) === 0 ? "-" : "+";
  }
}

function ansiOf({ fill, ink }: Paint): string {
  const part = (k: number) => Number.parseInt(fill.slice(1 + 2 * k, 3 + 2 * k), 16);
  const letter = ink === "#000" ? "0;0;0" : "255;255;255";
  return `\x1b[48;2;${part(0)};${part(1)};${part(2)};38;2;${letter}m`;
}
