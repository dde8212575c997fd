/** Text as it comes, in pieces of any length, cut into lines. `\n`, `\r\n` and `\r` end a line, as in Python's text files. */

/** What takes the lines: each is a part of a text. Gives false when no more are wanted. */
export type LineTaker = (text: string, from: number, to: number) => boolean;

/** Cuts pieces into lines. A line that goes through many pieces is put together once, when its end is there. */
export class LineCutter {
  readonly #take: LineTaker;
  #held: string[] = [];
  #carriage = false;
  #done = false;

  constructor(take: LineTaker) {
    this.#take = take;
  }

  /** The next piece. Gives false when no more are wanted. */
  push(given: string): boolean {
    const piece = this.#withLineFeeds(given);
    let from = 0;
    for (let to = piece.indexOf("\n"); to >= 0 && !this.#done; to = piece.indexOf("\n", from)) {
      this.#line(piece, from, to);
      from = to + 1;
    }
    if (from < piece.length) this.#held.push(from === 0 ? piece : piece.slice(from));
    return !this.#done;
  }

  /** Hands out what comes after the last line feed, if anything does. */
  end(): void {
    this.#carriage = false;
    if (this.#held.length > 0 && !this.#done) this.#line("", 0, 0);
  }

  #line(piece: string, from: number, to: number): void {
    if (this.#held.length === 0) {
      this.#done = !this.#take(piece, from, to);
      return;
    }
    const line = `${this.#held.join("")}${piece.slice(from, to)}`;
    this.#held = [];
    this.#done = !this.#take(line, 0, line.length);
  }

  /** A piece may end between `\r` and `\n`. */
  #withLineFeeds(given: string): string {
    const piece = this.#carriage && given.startsWith("\n") ? given.slice(1) : given;
    if (given.length > 0) this.#carriage = given.endsWith("\r");
    return piece.includes("\r") ? piece.replace(/\r\n?/g, "\n") : piece;
  }
}
