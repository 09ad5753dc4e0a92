/** Runs a job at once, then at a fixed pace, never twice at a time. */
export interface Cron {
  /** Waits for a run under way, then runs the job once more. Rejects when that run fails. */
  run(): Promise<void>
  /** Starts no further run and waits for the one under way. */
  stop(): Promise<void>
}

/**
 * Cloudflare's crons do not fire locally, so the local server drives them.
 * @param seconds from the end of one run to the beginning of the next.
 * @param onError told why a run that nobody asked for failed.
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
