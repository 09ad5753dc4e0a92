import { logFailure } from './lib/log'
import type { Site } from './site'

/**
 * Does a job. One that fails is logged and takes no other along.
 * @returns whether there is more to do; a job that failed must be done again
 */
export const tryJob = async (site: Site, job: string, work: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await work()
  } catch (error) {
    logFailure(error, { job, site: site.config.domain })
    return true
  }
}
