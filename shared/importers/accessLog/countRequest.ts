import type { ToolFigures } from '../toolFigures.ts'
import type { LoggedRequest } from './loggedRequest.ts'

/**
 * Counts a request for a page as GoAccess does: visitors are the addresses and user agents of a day, those of bots included.
 * @see https://goaccess.io/man
 */
export const countRequest = ({ time, address, userAgent }: LoggedRequest, figures: ToolFigures): void => {
  const day = figures.dayOf(time)
  figures.addView(day)
  figures.addVisitor(day, `${address} ${userAgent}`)
}
