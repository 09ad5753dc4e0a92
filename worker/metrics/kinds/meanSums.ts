import type { SumsMeasure } from '../metric'

/** The sums for the mean of an SQL expression over the rows of a relation. */
export const meanSums = (relation: SumsMeasure['relation'], expression: string, open = '0'): SumsMeasure => ({
  form: 'sums',
  relation,
  sums: {
    n: `count(${expression})`,
    x: `sum(${expression})`,
    xx: `sum(1.0 * ${expression} * ${expression})`,
    pending: `sum(${open})`,
  },
})
