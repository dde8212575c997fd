import { isSpace } from "./number-text.ts";

/** The fields of a line: parts of a text, which is the line or what was made of it. */
export class Fields {
  text = "";
  count = 0;
  starts: Int32Array = new Int32Array(64);
  ends: Int32Array = new Int32Array(64);

  add(from: number, to: number): void {
    if (this.count === this.starts.length) this.#grow();
    this.starts[this.count] = from;
    this.ends[this.count++] = to;
  }

  #grow(): void {
    const [starts, ends] = [this.starts, this.ends];
    this.starts = new Int32Array(2 * starts.length);
    this.ends = new Int32Array(2 * ends.length);
    this.starts.set(starts);
    this.ends.set(ends);
  }

  /** Field `k` as a string of its own. */
  at(k: number): string {
    return this.text.slice(this.starts[k]!, this.ends[k]!);
  }

  /** Whether the line holds nothing: no field, or one without a character. */
  get blank(): boolean {
    return this.count === 0 || (this.count === 1 && this.starts[0] === this.ends[0]);
  }

  /** Takes fields that were put together already. */
  takeAll(fields: readonly string[]): void {
    this.text = fields.join("");
    this.count = 0;
    let at = 0;
    for (const field of fields) {
      this.add(at, at + field.length);
      at += field.length;
    }
  }
}

/** What separates fields: the code of a character, or -1 for any run of white space; and what ends a line early, -1 for nothing. */
export interface Marks {
  readonly delimiter: number;
  readonly comment: number;
  /** What stands around fields that may hold any of these; -1 for nothing. */
  readonly quote: number;
}

/** Cuts a line without quotes into its fields. */
export function cutLine(fields: Fields, text: string, from: number, to: number, marks: Marks): void {
  fields.text = text;
  fields.count = 0;
  if (marks.delimiter < 0) cutAtSpaces(fields, text, from, to, marks.comment);
  else cutAtMarks(fields, text, from, to, marks);
}

function cutAtSpaces(fields: Fields, text: string, from: number, to: number, comment: number): void {
  let start = -1;
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === comment) break;
    if (isSpace(code)) {
      if (start >= 0) fields.add(start, at);
      start = -1;
    } else if (start < 0) start = at;
  }
  if (start >= 0) fields.add(start, at);
}

function cutAtMarks(
  fields: Fields,
  text: string,
  from: number,
  to: number,
  { delimiter, comment }: Marks,
): void {
  let start = from;
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === comment) break;
    if (code === delimiter) {
      fields.add(start, at);
      start = at + 1;
    }
  }
  fields.add(start, at);
}

/**
 * Cuts lines with quotes. A field that starts with a quote goes to the next one, over delimiters, comments and ends of lines;
 * two quotes stand for one; what follows the closing quote still belongs to the field.
 */
export class QuotedCutter {
  readonly #marks: Marks;
  #done: string[] = [];
  #parts: string[] = [];
  #quoted = false;
  #inField = false;

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  /** Whether a quote is open, so that the next line goes on with its field. */
  get open(): boolean {
    return this.#quoted;
  }

  /** Cuts a line, or goes on. Gives false when a quote is open at its end. */
  cut(fields: Fields, text: string, from: number, to: number): boolean {
    let at = from;
    if (this.#quoted) this.#parts.push("\n");
    else at = this.#begin(text, from, to);
    for (;;) {
      at = this.#body(text, at, to);
      if (this.#quoted) return false;
      this.#endField();
      if (at >= to || text.charCodeAt(at) === this.#marks.comment) break;
      at = this.#begin(text, at + 1, to);
    }
    this.finish(fields);
    return true;
  }

  /** Hands out what there is, also in the middle of a quote. */
  finish(fields: Fields): void {
    this.#endField();
    fields.takeAll(this.#done);
    this.#done = [];
    this.#quoted = false;
  }

  #begin(text: string, from: number, to: number): number {
    const { delimiter, comment, quote } = this.#marks;
    let at = from;
    if (delimiter < 0) while (at < to && isSpace(text.charCodeAt(at))) at++;
    // White space before the first field and behind the last one separates nothing.
    this.#inField = delimiter >= 0 || (at < to && text.charCodeAt(at) !== comment);
    this.#quoted = at < to && text.charCodeAt(at) === quote;
    return this.#quoted ? at + 1 : at;
  }

  #endField(): void {
    if (this.#inField) this.#done.push(this.#parts.join(""));
    this.#parts = [];
    this.#inField = false;
  }

  /** Goes on to the end of a field: to a delimiter, a comment, or the end of the line. */
  #body(text: string, from: number, to: number): number {
    const { delimiter, comment, quote } = this.#marks;
    let start = from;
    let at = from;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (!this.#quoted) {
        if (code === comment || (delimiter < 0 ? isSpace(code) : code === delimiter)) break;
      } else if (code === quote) {
        this.#parts.push(text.slice(start, at));
        const doubled = at + 1 < to && text.charCodeAt(at + 1) === quote;
        if (doubled) at++;
        else this.#quoted = false;
        start = doubled ? at : at + 1;
      }
    }
    if (start < at) this.#parts.push(text.slice(start, at));
    return at;
  }
}
