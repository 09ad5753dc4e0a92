import { DAY } from '../../../shared/time'
import { number } from '../../dashboard/client/format/number'
import type { Alarm } from './alarm'
import { lastHour } from './lastHour'
import { quotaForecast, type UsedDay } from './quotaForecast'

/** So much of today's limit is nearly all of it. */
const NEARLY = 0.8
/** A limit that is further away leaves time for the next look, in days. */
const HORIZON = 14
/** An incident lasts a week at least: forecasts differ from day to day. */
const LASTING = 7 * 24

const MEGABYTE = 1_000_000

const soonText = (days: number): string => (days <= 1 ? 'by tomorrow' : `in about ${days} days`)

const linesOf = (limit: number, used: number, days: number | null): readonly string[] => {
  const about = `the site’s daily limit of ${number(limit / MEGABYTE)} MB for data from browsers`
  const first =
    used >= limit
      ? `Today’s traffic has reached ${about}.`
      : used >= NEARLY * limit
        ? `Today’s traffic has used ${number(Math.floor((100 * used) / limit))}% of ${about}.`
        : `If traffic keeps growing as it has, it will reach ${about} ${soonText(days ?? 0)}.`
  return [
    first,
    'Above the limit, page views are rejected until midnight UTC. If the traffic is real, raise the limit in the settings.',
  ]
}

/** The site nears the limit of bytes that it takes from browsers in a day. */
export const quotaAlarm: Alarm = {
  id: 'quota',
  setting: 'quota',
  statements: 2,
  hourAt: lastHour,
  async look(site, hour, now, since) {
    const { domain, settings } = site.config
    const [limit, today] = [settings.daily_bytes, Math.floor(now / DAY)]
    const days: readonly UsedDay[] = await site.daysOfBytes()
    const used = days.find(({ day }) => day === today)?.used ?? 0
    const finished = days.filter(({ day }) => day < today)
    const forecast = quotaForecast(finished, limit, today, settings.alarms?.false_alarms ?? 'quarter')
    const isNear = used >= NEARLY * limit || (forecast !== null && forecast <= HORIZON)
    return {
      isOn: !isNear && since !== null && hour - since < LASTING ? null : isNear,
      begun: noticed => ({
        id: `alarm/quota/${noticed}`,
        title: `Daily limit ${used >= limit ? 'reached' : 'in sight'}: ${domain}`,
        lines: linesOf(limit, used, forecast),
      }),
      over: null,
    }
  },
}
