/** Runs a job immediately and then at intervals, never twice at the same time. */
export interface Cron {
  /** Waits for a run in progress, then runs the job again. Rejects when that run fails. */
  run(): Promise<void>
  /** Starts no more runs and waits for the one in progress. */
  stop(): Promise<void>
}

/**
 * Cloudflare's crons do not fire locally, so the local server drives them.
 * @param seconds from the end of one run to the beginning of the next.
 * @param onError called when a scheduled run fails.
 */
export const startCron = (job: () => Promise<void>, seconds: number, onError: (error: unknown) => void): Cron => {
  let last: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const run = () => {
    const next = last.then(job)
    last = next.catch(() => {})
    return next
  }
  const tick = async () => {
    await run().catch(onError)
    if (!stopped) timer = setTimeout(tick, seconds * 1000)
  }
  void tick()

  return {
    run,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await last
    },
  }
}
