/** Of the time that a task took, the part that belongs to others after it. */
const PART_OF_OTHERS = 0.25

/**
 * Does a task of the database, then lets others in for a quarter as long. The local server has one thread, which looks for new
 * requests only when nothing is left to do: without a pause, those that arrive during the first of many tasks wait for the last.
 */
export const takingTurns = async <T>(task: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await task()
  const others = (performance.now() - began) * PART_OF_OTHERS
  await new Promise(resolve => setTimeout(resolve, others))
  return result
}
