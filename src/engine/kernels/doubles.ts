/**
 * Arithmetic on vectors of two float64, with sums and products that keep what rounding cuts off, and tables.
 *
 * There is no fused multiply-add in WebAssembly that every runtime has; an exact product comes from factors cut in two.
 */

import { type Expr, extract, type Fn, shuffle } from "../../wasm/fn.ts";
import { Floats, type Operand, type Pair, type Vector } from "./floats.ts";

export type { Operand, Pair };

/** A place in a table for each of two lanes. */
export type Places = readonly [Expr, Expr];

/** All bits but the lower 27 of a float64: what is left has 26 digits, and products of two such are exact. */
const UPPER = -(1n << 27n);

export class Doubles extends Floats {
  constructor(fn: Fn) {
    super(fn, "f64x2");
  }

  /** `x` as the sum of its upper 26 digits and the rest. */
  split(x: Expr): Pair {
    const hi = this.and(x, this.bits(UPPER));
    return [hi, this.sub(x, hi)];
  }

  /** a · b, to about 106 digits. */
  product(a: Expr, b: Expr): Pair {
    const hi = this.mul(a, b);
    const [ah, al] = this.split(a);
    const [bh, bl] = this.split(b);
    const cross = this.add(this.sub(this.mul(ah, bh), hi), this.mul(ah, bl));
    return [hi, this.add(this.add(cross, this.mul(al, bh)), this.mul(al, bl))];
  }

  square(a: Expr): Pair {
    const hi = this.mul(a, a);
    const [ah, al] = this.split(a);
    const cross = this.mul(this.add(ah, ah), al);
    return [hi, this.add(this.add(this.sub(this.mul(ah, ah), hi), cross), this.mul(al, al))];
  }

  /** (n + nl) / d, to about 100 digits, `nl` being small beside `n`. */
  quotient([n, nl]: Pair, [d, dl]: Pair): Pair {
    const q = this.div(n, d);
    const [p, pl] = this.product(q, d);
    const rest = this.sub(this.add(this.sub(this.sub(n, p), pl), nl), this.mul(q, dl));
    return [q, this.div(rest, d)];
  }

  /** √(x + xl), to about 100 digits; √0 is 0. */
  root([x, xl]: Pair): Pair {
    const root = this.sqrt(x);
    const [p, pl] = this.square(root);
    const rest = this.add(this.sub(this.sub(x, p), pl), xl);
    return [root, this.div(rest, this.atLeast(this.add(root, root), 1e-300))];
  }

  /**
   * Where in a table the entries of two lanes are: `offset` makes it of the lower or upper word of each lane of x, as a
   * scalar, because the units of vectors have enough to do.
   */
  places(x: Expr, part: 0 | 1, offset: (word: Expr) => Expr): Places {
    const place = (lane: number) => this.map((y) => offset(this.word(y as Vector, 2 * lane + part)), x);
    return [place(0), place(1)];
  }

  /** The same of two neighbouring words: those of the lower or upper half of vectors of four. */
  placesOfHalf(x: Expr, part: 0 | 1, offset: (word: Expr) => Expr): Places {
    const place = (lane: number) => this.map((y) => offset(this.word(y as Vector, 2 * part + lane)), x);
    return [place(0), place(1)];
  }

  /** Entries of 16 bytes from a table: the first eight bytes of both, and the second eight of both. */
  entries(table: number, places: Places): Pair {
    const [a, b] = places.map((place) => this.map((at) => this.fn.load("v128.load", at!, table), place));
    const halves = (from: number) => {
      const lanes = [0, 1].flatMap((k) => [0, 1, 2, 3, 4, 5, 6, 7].map((j) => 16 * k + from + j));
      return this.map((y, z) => shuffle(y!, z!, lanes), a!, b!);
    };
    return [halves(0), halves(8)];
  }

  /** Such entries at the lower words of the lanes of `offsets`. */
  gather(table: number, offsets: Expr): Pair {
    return this.entries(
      table,
      this.places(offsets, 0, (word) => word),
    );
  }

  /** 32 bits of a vector as a scalar: from memory if it lies there. */
  private word(x: Vector, k: number): Expr {
    if (x.stored === undefined) return extract("i32x4.extract_lane", x, k);
    return this.fn.load("i32.load", x.stored.address, x.stored.offset + 4 * k);
  }
}
