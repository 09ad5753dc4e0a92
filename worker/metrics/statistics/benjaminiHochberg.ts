/**
 * The number of tests, from the smallest probability up, that are significant at a false discovery rate of `rate`. If no
 * change is real, the probability that any test is significant is at most `rate`.
 * @see Benjamini, Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57 (1995)
 *   https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
 * @param probabilities of each test, by chance alone
 * @example benjaminiHochberg([0.001, 0.03, 0.8], 0.05) // 2
 */
export const benjaminiHochberg = (probabilities: readonly number[], rate: number): number =>
  probabilities
    .toSorted((one, other) => one - other)
    .findLastIndex((probability, index) => probability <= (rate * (index + 1)) / probabilities.length) + 1
