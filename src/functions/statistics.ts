/** Histograms, covariance and correlation. */
export {};
