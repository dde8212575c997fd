/** One complex number, as an element of a complex64 or complex128 array is read and written. */
export class Complex {
  readonly re: number;
  readonly im: number;

  constructor(re: number, im = 0) {
    this.re = re;
    this.im = im;
  }

  /** As Python writes it: `(1+2j)`. */
  toString(): string {
    const sign = this.im < 0 || Object.is(this.im, -0) ? "-" : "+";
    return `(${this.re}${sign}${Math.abs(this.im)}j)`;
  }

  toJSON(): { re: number; im: number } {
    return { re: this.re, im: this.im };
  }
}

/**
 * A complex number from its parts.
 *
 * @example
 * np.complex(1, -2).im; // -2
 */
export function complex(re: number, im = 0): Complex {
  return new Complex(re, im);
}
