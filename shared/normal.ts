/** Quantile 0.975 of the standard normal distribution, for 95 % intervals. */
export const Z = 1.959963984540054
