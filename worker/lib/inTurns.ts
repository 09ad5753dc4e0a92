/** Items that are worked on at once: some milliseconds. */
const AT_ONCE = 2_000

const nextTurn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0))

/** Works on one item after the other, and now and then lets others have their turn: what arrives meanwhile need not wait. */
export const inTurns = async <T>(items: readonly T[], work: (item: T) => void): Promise<void> => {
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await nextTurn()
    work(item)
  }
}
