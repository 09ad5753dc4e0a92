import type { Dimension } from '../metrics/dimensions'

/**
 * Combines dimensions of sessions into one. The name of a group is the position of its dimension, a colon and its
 * value.
 */
export const combineDimensions = (dimensions: readonly Dimension[]): Dimension => {
  const cases = dimensions.map(({ expression }, place) => `when ${place} then '${place}:' || ${expression}`)
  return {
    id: dimensions.map(({ id }) => id).join(' and '),
    help: 'Several dimensions at once.',
    level: 'session',
    joins: [...new Set(dimensions.flatMap(({ joins }) => joins))],
    expression: `case several.value ${cases.join(' ')} end`,
    several: dimensions.length,
  }
}

/** The position of a group's dimension, and the group's name in that dimension. */
export const splitGroup = (group: string): readonly [place: number, group: string] => {
  const end = group.indexOf(':')
  return [Number(group.slice(0, end)), group.slice(end + 1)]
}
