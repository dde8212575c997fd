/**
 * Colours for numbers from low to high: the ramp viridis, which rises evenly in lightness, so it reads without colour and
 * with any kind of colour blindness. Nine colours of it, and straight lines between them.
 */
const STOPS: readonly (readonly [red: number, green: number, blue: number])[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** 256 colours as words of RGBA in memory order. */
export const ramp: Uint32Array = new Uint32Array(256);
for (let k = 0; k < 256; k++) {
  const at = (k / 255) * (STOPS.length - 1);
  const low = Math.min(STOPS.length - 2, Math.floor(at));
  const part = at - low;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round((STOPS[low]?.[channel] ?? 0) * (1 - part) + (STOPS[low + 1]?.[channel] ?? 0) * part);
  ramp[k] = (255 << 24) | (mix(2) << 16) | (mix(1) << 8) | mix(0);
}

/** What stands for NaN and infinities. */
const NOT_FINITE = 0xff9a9a9a;

/** The colour of each value, between `low` and `high`. */
export function coloursOf(values: Float64Array, low: number, high: number): Uint32Array<ArrayBuffer> {
  const colours = new Uint32Array(values.length);
  const scale = high > low ? 255 / (high - low) : 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number;
    colours[k] = Number.isFinite(value) ? (ramp[Math.round((value - low) * scale)] as number) : NOT_FINITE;
  }
  return colours;
}

/** The ramp as a CSS gradient. */
export const rampGradient = `linear-gradient(to right, ${STOPS.map((rgb) => `rgb(${rgb.join(" ")})`).join(", ")})`;
