import { ValueError } from "../errors.ts";

/**
 * The ways to define a quantile between elements: the nine of Hyndman and Fan, "Sample Quantiles in Statistical
 * Packages" (1996), and four that pick or halve.
 *
 * Each says where the quantile lies among n sorted elements, counted from 0 and not whole as a rule, and how much of
 * the way to the next element it is.
 */
export type QuantileMethod =
  | "inverted_cdf"
  | "averaged_inverted_cdf"
  | "closest_observation"
  | "interpolated_inverted_cdf"
  | "hazen"
  | "weibull"
  | "linear"
  | "median_unbiased"
  | "normal_unbiased"
  | "lower"
  | "higher"
  | "midpoint"
  | "nearest";

/** Rounds to the dtype that is computed in. */
export type Round = (x: number) => number;

interface Method {
  /** The place of a quantile among n elements. */
  readonly place: (n: number, q: number) => number;
  /** Whether the place is an element's, so that nothing lies between. */
  readonly whole: boolean;
  /** What the fraction of the place becomes. */
  readonly fraction: (fraction: number, place: number) => number;
}

const itself = (fraction: number) => fraction;

function between(alpha: number, beta: number): Method {
  const place = (n: number, q: number) => n * q + (alpha + q * (1 - alpha - beta)) - 1;
  return { place, whole: false, fraction: itself };
}

function picked(place: Method["place"]): Method {
  return { place: (n, q) => Math.max(0, place(n, q)), whole: true, fraction: itself };
}

/** The next place unless `stays` says otherwise. */
function stepped(place: number, stays: (fraction: number, whole: number) => boolean): number {
  const whole = Math.floor(place);
  return stays(place - whole, whole) ? whole : whole + 1;
}

/** To the nearest integer, halves to the even one. */
function roundEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

const spread = (n: number, q: number) => (n - 1) * q;

function methods(): Readonly<Record<QuantileMethod, Method>> {
  return {
    inverted_cdf: picked((n, q) => stepped(n * q - 1, (fraction) => fraction === 0)),
    averaged_inverted_cdf: {
      place: (n, q) => n * q - 1,
      whole: false,
      fraction: (fraction) => (fraction === 0 ? 0.5 : 1),
    },
    closest_observation: picked((n, q) =>
      stepped(n * q - 1.5, (fraction, whole) => fraction === 0 && Math.abs(whole % 2) === 1),
    ),
    interpolated_inverted_cdf: between(0, 1),
    hazen: between(0.5, 0.5),
    weibull: between(0, 0),
    linear: { place: spread, whole: false, fraction: itself },
    median_unbiased: between(1 / 3, 1 / 3),
    normal_unbiased: between(3 / 8, 3 / 8),
    lower: picked((n, q) => Math.floor(spread(n, q))),
    higher: picked((n, q) => Math.ceil(spread(n, q))),
    midpoint: {
      place: (n, q) => 0.5 * (Math.floor(spread(n, q)) + Math.ceil(spread(n, q))),
      whole: false,
      fraction: (_, place) => (place % 1 === 0 ? 0 : 0.5),
    },
    nearest: picked((n, q) => roundEven(spread(n, q))),
  };
}

let made: Readonly<Record<string, Method>> | null = null;

/** The method of that name. */
export function methodOf(name: string, caller: string): Method {
  made ??= methods();
  const method = Object.hasOwn(made, name) ? made[name] : undefined;
  if (method !== undefined) return method;
  throw new ValueError(
    `${caller}: ${JSON.stringify(name)} is not a valid method; use one of ${Object.keys(made).join(", ")}`,
  );
}

/** Between which elements a quantile lies, and how far from the first to the second. */
export interface Between {
  readonly lower: number;
  readonly upper: number;
  readonly fraction: number;
}

/** Where a quantile lies among n sorted elements. */
export function placeOfQuantile(method: Method, n: number, q: number): Between {
  const place = method.place(n, q);
  if (method.whole) return { lower: Math.min(place, n - 1), upper: Math.min(place, n - 1), fraction: 0 };
  const previous = Math.floor(place);
  if (place >= n - 1) {
    return { lower: n - 1, upper: n - 1, fraction: 0 };
  }
  if (place < 0) return { lower: 0, upper: 0, fraction: 0 };
  return {
    lower: previous,
    upper: previous + 1,
    fraction: method.fraction(place - previous, place),
  };
}

/** From `a` towards `b`, which is `step` more, from whichever is nearer, as NumPy interpolates. */
export function interpolate(a: number, b: number, t: number, step: number, round: Round): number {
  return t >= 0.5 ? round(b - round(step * round(1 - t))) : round(a + round(step * round(t)));
}
