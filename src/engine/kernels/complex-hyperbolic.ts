/**
 * Hyperbolic functions of complex numbers: those of the circle a quarter turn on. With the parts of z exchanged, sinh, tanh
 * and their inverses are sin, tan and theirs with the parts exchanged, signs of zeros and all.
 */

import {
  type ComplexFunction,
  complexArccos,
  complexArcsin,
  complexArctan,
  complexCos,
  complexSin,
  complexTan,
  parts,
} from "./complex-trig.ts";

function give(re: number, im: number): void {
  parts[0] = re;
  parts[1] = im;
}

/** f with the parts of argument and result exchanged. */
function exchanged(f: ComplexFunction): ComplexFunction {
  return (re, im) => {
    f(im, re);
    give(parts[1]!, parts[0]!);
  };
}

export const complexSinh: ComplexFunction = /* @__PURE__ */ exchanged(complexSin);
export const complexTanh: ComplexFunction = /* @__PURE__ */ exchanged(complexTan);
export const complexArcsinh: ComplexFunction = /* @__PURE__ */ exchanged(complexArcsin);
export const complexArctanh: ComplexFunction = /* @__PURE__ */ exchanged(complexArctan);

export function complexCosh(re: number, im: number): void {
  complexCos(im, -re);
}

/** ±i·arccos z, with the sign that makes the real part positive. */
export function complexArccosh(re: number, im: number): void {
  complexArccos(re, im);
  const [angle, height] = [parts[0]!, parts[1]!];
  if (Number.isNaN(angle)) give(Number.isNaN(height) ? height : Math.abs(height), angle);
  else if (Number.isNaN(height)) give(height, angle);
  else give(Math.abs(height), im < 0 || Object.is(im, -0) ? -Math.abs(angle) : Math.abs(angle));
}
