/** A time in which the database took nothing because a day's rows were used up, epoch milliseconds. */
export interface Outage {
  readonly from: number
  readonly to: number
}

/** How many of a period are named. */
const MOST = 5

const dayAndTime = (time: number): readonly [string, string] => {
  const text = new Date(time).toISOString()
  return [text.slice(0, 10), text.slice(11, 16)]
}

/** A time shortly after midnight is midnight: the first run of the cron comes some minutes later. */
const spanText = ({ from, to }: Outage): string => {
  const [day, begin] = dayAndTime(from)
  const [lastDay, end] = dayAndTime(to)
  return `${day} (${begin} to ${lastDay === day ? end : '24:00'} UTC)`
}

/** Says of which days an answer lacks data; none where it lacks none. */
export const outageWarning = (outages: readonly Outage[]): string[] => {
  if (outages.length === 0) return []
  const rest = outages.length > MOST ? ` and ${outages.length - MOST} more days` : ''
  const days = `${outages.slice(-MOST).map(spanText).join(', ')}${rest}`
  return [
    `Incomplete data: nothing could be stored on ${days}, because the day's rows of Cloudflare's free plan were used up.`,
  ]
}
