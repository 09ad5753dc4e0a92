/** Of the time that a task took, the part that belongs to others after it. */
const PART_OF_OTHERS = 0.25
/** Milliseconds. On Cloudflare others need no turn, so an answer must not wait long for it. */
const LONGEST_TURN = 25

/**
 * Does a task of the database, then lets others in for a quarter as long, 25 ms at most. The local server has one thread, which looks for new
 * requests only when nothing is left to do: without a pause, those that arrive during the first of many tasks wait for the last.
 */
export const takingTurns = async <T>(task: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await task()
  const others = Math.min((performance.now() - began) * PART_OF_OTHERS, LONGEST_TURN)
  await new Promise(resolve => setTimeout(resolve, others))
  return result
}
