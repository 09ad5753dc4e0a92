/** From a time on, a stored visitor is a user. */
export interface VisitorLink {
  readonly visitor: number
  readonly user: number
  readonly since: number
}

/**
 * Who a stored visitor was at a time: the user with the latest link that is not after the time. Before the first link it
 * is that link's user. A visitor without links is itself.
 * @example personAt([{ visitor: 1, user: -9, since: 100 }], 1, 50) // -9: the anonymous past
 */
export const personAt = (links: readonly VisitorLink[], visitor: number, time: number): number => {
  let best: VisitorLink | undefined
  for (const link of links) {
    if (!best || isBetter(link, best, time)) best = link
  }
  return best?.user ?? visitor
}

const isBetter = (link: VisitorLink, best: VisitorLink, time: number): boolean => {
  const past = link.since <= time
  if (past !== best.since <= time) return past
  if (link.since !== best.since) return past ? link.since > best.since : link.since < best.since
  return link.user < best.user
}
