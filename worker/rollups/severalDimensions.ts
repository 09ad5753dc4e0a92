import type { Dimension } from '../metrics/dimensions'

/** Dimensions of sessions as one, whose groups are named after the place of their dimension and their value. */
export const severalDimensions = (dimensions: readonly Dimension[]): Dimension => {
  const cases = dimensions.map(({ expression }, place) => `when ${place} then '${place}:' || ${expression}`)
  return {
    id: dimensions.map(({ id }) => id).join(' and '),
    help: 'Several dimensions.',
    level: 'session',
    joins: [...new Set(dimensions.flatMap(({ joins }) => joins))],
    expression: `case several.value ${cases.join(' ')} end`,
    several: dimensions.length,
  }
}

/** The place of a group's dimension, and the group in it. */
export const groupIn = (group: string): readonly [place: number, group: string] => {
  const end = group.indexOf(':')
  return [Number(group.slice(0, end)), group.slice(end + 1)]
}
