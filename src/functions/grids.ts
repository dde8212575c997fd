/** Indices of grids, functions applied along axes, iteration, windows and fields. */
export {};
