/** Milliseconds between tries: a person can wait that long before the answer is 503. */
const PAUSES = [20, 80, 250]

/**
 * Cloudflare repeats reads by itself, never writes. These failures leave nothing behind; an overloaded database is not
 * tried again.
 * @see https://developers.cloudflare.com/d1/observability/debug-d1/#error-list
 */
const PASSING = /Network connection lost|storage caused object to be reset|reset because its code was updated/

/** Runs work that is safe to repeat, again if the connection to the database was lost for a moment. */
export const repeatPassing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (const pause of PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (!PASSING.test(String(error))) throw error
      await new Promise(resolve => setTimeout(resolve, pause * (0.5 + Math.random())))
    }
  }
  return work()
}
