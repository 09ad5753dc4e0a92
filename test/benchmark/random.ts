export { randomFrom } from '../../tools/demoData/dice.ts'

/** Picks one of `count` items, the k-th with a weight of 1/k: Zipf's law. */
export const zipf = (count: number, random: () => number): (() => number) => {
  const sums: number[] = []
  let sum = 0
  for (let k = 1; k <= count; k++) {
    sum += 1 / k
    sums.push(sum)
  }
  return () => {
    const at = random() * sum
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) < at) low = middle + 1
      else high = middle
    }
    return low
  }
}
