/** The number 0.d₁d₂d₃… × 10^point. Zero is "0" with point 1; no digits are a zero that was rounded. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** The digits of what JS writes: `12.5`, `0.00012`, `1.5e-7`. */
export function parseDecimal(text: string): Decimal {
  const e = text.indexOf("e");
  const mantissa = e < 0 ? text : text.slice(0, e);
  const exponent = e < 0 ? 0 : Number(text.slice(e + 1));
  const dot = mantissa.indexOf(".");
  const all = dot < 0 ? mantissa : mantissa.slice(0, dot) + mantissa.slice(dot + 1);
  const zeros = countLeadingZeros(all);
  const point = exponent + (dot < 0 ? mantissa.length : dot) - zeros;
  return { digits: all.slice(zeros, trimmedLength(all)), point };
}

function countLeadingZeros(digits: string): number {
  let count = 0;
  while (digits.charCodeAt(count) === 48) count++;
  return count;
}

/** The length of `digits` without the zeros at the end. */
export function trimmedLength(digits: string): number {
  let length = digits.length;
  while (digits.charCodeAt(length - 1) === 48) length--;
  return length;
}

/** A decimal rounded to `count` digits, ties to even. */
export function cut(decimal: Decimal, count: number): Decimal {
  const { digits } = decimal;
  if (count >= digits.length) return decimal;
  if (count < 0) return round(decimal, count, false);
  const next = digits.charCodeAt(count) - 48;
  if (next !== 5 || trimmedLength(digits) > count + 1) return round(decimal, count, next >= 5);
  return round(decimal, count, count > 0 && digits.charCodeAt(count - 1) % 2 === 1);
}

/** The first `count` digits, the last of them one more when `up`. */
export function round(decimal: Decimal, count: number, up: boolean): Decimal {
  const { digits, point } = decimal;
  if (count <= 0)
    return up ? { digits: "1", point: point - count + 1 } : { digits: "", point: point - count };
  const kept = digits.slice(0, count);
  return up ? { digits: increment(kept), point: carries(kept) ? point + 1 : point } : { digits: kept, point };
}

function carries(digits: string): boolean {
  for (let k = 0; k < digits.length; k++) if (digits.charCodeAt(k) !== 57) return false;
  return true;
}

/** One more in the last place; nines at the end become zeros, which are left out. */
function increment(digits: string): string {
  let last = digits.length - 1;
  while (last >= 0 && digits.charCodeAt(last) === 57) last--;
  return last < 0 ? "1" : digits.slice(0, last) + String.fromCharCode(digits.charCodeAt(last) + 1);
}
