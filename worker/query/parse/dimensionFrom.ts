import { nearest } from '../../lib/nearest'
import { Problem } from '../../lib/problem'
import { DIMENSIONS, type Dimension, dimensionOf } from '../../metrics/dimensions'

/**
 * The dimension that a query names.
 * @throws Problem `unknown_dimension`
 */
export const dimensionFrom = (id: unknown): Dimension => {
  const found = typeof id === 'string' ? dimensionOf(id) : undefined
  if (found) return found
  const ids = DIMENSIONS.map(dimension => dimension.id)
  // `String` calls the object's own `toString`, which can be anything.
  const name = typeof id === 'string' ? id : String(JSON.stringify(id))
  const close = nearest(name, ids)
  throw new Problem(
    400,
    'unknown_dimension',
    `There is no dimension "${name.slice(0, 60)}"${close ? `. Did you mean ${close}?` : `; there are ${ids.join(', ')} and property:<name>.`}`,
  )
}
