/** A share of the probability of the most likely count. Counts less likely than this add nothing. */
const NEGLIGIBLE = 1e-18

/** The probabilities of a binomial count, by count, relative to that of the most likely one, and their sum. */
const binomial = (n: number, share: number): { readonly shares: ReadonlyMap<number, number>; readonly sum: number } => {
  const mode = Math.floor((n + 1) * share)
  const odds = share / (1 - share)
  const shares = new Map([[mode, 1]])
  let sum = 1
  const add = (count: number, likely: number): number => {
    shares.set(count, likely)
    sum += likely
    return likely
  }
  let likely = 1
  for (let count = mode; count > 0 && likely > NEGLIGIBLE; count--)
    likely = add(count - 1, (likely * count) / ((n - count + 1) * odds))
  likely = 1
  for (let count = mode; count < n && likely > NEGLIGIBLE; count++)
    likely = add(count + 1, (likely * (n - count) * odds) / (count + 1))
  return { shares, sum }
}

/**
 * The ranks, from 1, of the two of `n` ascending values between which a quantile lies with at least 95 % probability,
 * whatever their distribution; `null` for too few values.
 *
 * How many values lie below the quantile is binomial with the quantile's share as its probability. The ranks leave at most
 * 2.5 % on each side.
 * @see Conover, "Practical nonparametric statistics", 3rd edition (1999), 3.2
 * @example quantileRanks(10, 0.5) // [2, 9]
 */
export const quantileRanks = (n: number, share: number): readonly [number, number] | null => {
  const { shares, sum } = binomial(n, share)
  const counts = [...shares.keys()].sort((one, other) => one - other)
  const firstBeyond = (ascending: readonly number[]): number => {
    let beyond = 0
    for (const count of ascending) {
      beyond += (shares.get(count) ?? 0) / sum
      if (beyond > 0.025) return count
    }
    return 0
  }
  const low = firstBeyond(counts)
  const high = firstBeyond(counts.reverse()) + 1
  return low >= 1 && high <= n ? [low, high] : null
}
