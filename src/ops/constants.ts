/** Archimedes' number. */
export const pi: number = Math.PI;
/** Euler's number. */
export const e: number = Math.E;
/** Euler's constant γ: the limit of 1 + 1/2 + … + 1/n - log(n). */
export const eulerGamma = 0.5772156649015329;
/** Infinity. */
export const inf: number = Number.POSITIVE_INFINITY;
/** What is not a number. */
export const nan: number = Number.NaN;
