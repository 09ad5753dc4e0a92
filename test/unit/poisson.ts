import { normal } from './normal.ts'

/** A number of the Poisson distribution; of a large mean, as the normal distribution has it. */
export const poisson = (mean: number, random: () => number): number => {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const end = Math.exp(-mean)
  let [count, product] = [0, random()]
  while (product > end) {
    count += 1
    product *= random()
  }
  return count
}
