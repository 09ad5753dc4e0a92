import type { View } from '../../address'
import { PAGE } from './page'

/** The dimensions that a view's filters are on, those of its segment included. */
export const filteredDimensions = ({ filters, segment }: View): readonly string[] => [
  ...filters.map(([, dimension]) => dimension),
  ...(PAGE.segments.find(({ id }) => id === segment)?.dimensions ?? []),
]
