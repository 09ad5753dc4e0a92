/** From a time on, a stored visitor is a user. */
export interface VisitorLink {
  readonly visitor: number
  readonly user: number
  readonly since: number
}

/** The links of each visitor that has any. */
export type LinksByVisitor = ReadonlyMap<number, readonly VisitorLink[]>

/** Who a visitor's own links say that it was. */
const linkedTo = (links: readonly VisitorLink[] = [], visitor: number, time: number): number => {
  let best: VisitorLink | undefined
  for (const link of links) {
    if (!best || isBetter(link, best, time)) best = link
  }
  return best?.user ?? visitor
}

/**
 * Who a stored visitor was at a time: the user with the latest link that is not after the time. Before the first link it
 * is that link's user. A visitor without links is itself. With consent, the day's visitor is linked to a persistent id,
 * which can be linked to a user: that is as far as links lead.
 * @example personAt(new Map([[1, [{ visitor: 1, user: -9, since: 100 }]]]), 1, 50) // -9: the anonymous past
 */
export const personAt = (links: LinksByVisitor, visitor: number, time: number): number => {
  const linked = linkedTo(links.get(visitor), visitor, time)
  return linked === visitor ? visitor : linkedTo(links.get(linked), linked, time)
}

const isBetter = (link: VisitorLink, best: VisitorLink, time: number): boolean => {
  const past = link.since <= time
  if (past !== best.since <= time) return past
  if (link.since !== best.since) return past ? link.since > best.since : link.since < best.since
  return link.user < best.user
}
