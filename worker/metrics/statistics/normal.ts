/** Quantile 0.975 of the standard normal distribution: what every 95 % interval here is built on. */
export const Z = 1.959963984540054
