import type { Dimension } from '../../metrics/dimensions'

/**
 * The columns of the query's groups over rows that are grouped by its other dimensions.
 * @param id of the dimension that a column of the rows holds
 * @example groupsWith([channel, feature], 'feature', 'label') // ', d0 as d0, label as d1'
 */
export const groupsWith = (dimensions: readonly Dimension[], id: string, column: string): string => {
  let others = 0
  return dimensions
    .map((dimension, index) => {
      if (dimension.id === id) return `, ${column} as d${index}`
      others += 1
      return `, d${others - 1} as d${index}`
    })
    .join('')
}
