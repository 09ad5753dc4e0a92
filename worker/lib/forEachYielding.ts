/** Items between two turns of the event loop: they take some milliseconds. */
const ITEMS_PER_TURN = 2_000

const nextTurn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0))

/** Works on one item after the other and yields to the event loop now and then, so that other requests need not wait. */
export const forEachYielding = async <T>(items: readonly T[], work: (item: T) => void): Promise<void> => {
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % ITEMS_PER_TURN === 0) await nextTurn()
    work(item)
  }
}
