/** That a stored visitor is a user, from a time on. */
export interface VisitorLink {
  readonly visitor: number
  readonly user: number
  readonly since: number
}

/**
 * Who a stored visitor was at a time: the user whose first appearance with this visitor is the latest
 * that is not after the time; what was before every appearance belongs to the first of them; a visitor
 * nobody claimed is itself.
 * @example personAt([{ visitor: 1, user: -9, since: 100 }], 1, 50) // -9: the anonymous past
 */
export const personAt = (claims: readonly VisitorLink[], visitor: number, time: number): number => {
  let best: VisitorLink | undefined
  for (const claim of claims) {
    if (!best || isBetter(claim, best, time)) best = claim
  }
  return best?.user ?? visitor
}

const isBetter = (claim: VisitorLink, best: VisitorLink, time: number): boolean => {
  const past = claim.since <= time
  if (past !== best.since <= time) return past
  if (claim.since !== best.since) return past ? claim.since > best.since : claim.since < best.since
  return claim.user < best.user
}
