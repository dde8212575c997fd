/** A float64 as Python's `str` writes it: `1.0`, `1e+16`, `1e-05`, `nan`. */
export function floatText(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
  const size = Math.abs(x);
  // There the runtime writes no exponent either.
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(x) ? `${x}.0` : String(x);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  // The runtime's own digits are the shortest too; only where they are put differs.
  const [mantissa = "", exponent] = String(Math.abs(x)).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = (whole + fraction).replace(/^0+(?=.)/, "");
  const lead = whole === "0" ? digits.length - fraction.length - 1 : whole.length - 1;
  const power = x === 0 ? 0 : lead + Number(exponent ?? 0);
  const kept = digits.replace(/0+$/, "") || "0";
  return sign + (power < -4 || power > 15 ? scientific(kept, power) : positional(kept, power));
}

function scientific(digits: string, power: number): string {
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}e${power < 0 ? "-" : "+"}${size}`;
}

function positional(digits: string, power: number): string {
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  return `${whole}.${digits.slice(power + 1) || "0"}`;
}
