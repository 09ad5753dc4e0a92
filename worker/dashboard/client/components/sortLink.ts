import { type SortOrder, sortOrderText } from '../../sortOrder'
import { hrefOf, withOwn } from '../state/view'
import type { Head } from './table'

/**
 * The link that sorts by a column, or reverses its order.
 * @param name of the parameter in the address
 * @param first the direction of the first click
 */
export const sortLink = (
  name: string,
  by: string,
  shown: SortOrder,
  first: SortOrder['direction'] = 'desc',
): NonNullable<Head['sort']> => {
  const isShown = shown.by === by
  const direction = isShown ? (shown.direction === 'desc' ? 'asc' : 'desc') : first
  return {
    href: hrefOf(withOwn({ [name]: sortOrderText({ by, direction }) })),
    direction: isShown ? shown.direction : null,
  }
}
