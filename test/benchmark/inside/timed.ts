/**
 * A result and the milliseconds it took. Locally a Worker's clock advances while it computes; a
 * deployed one's stands still: https://developers.cloudflare.com/workers/runtime-apis/performance/
 */
export const timed = async <T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> => {
  const began = performance.now()
  const result = await run()
  return { result, ms: performance.now() - began }
}
