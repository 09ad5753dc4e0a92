import { DAY, HOUR } from '../../../shared/time'
import type { Alarm } from './alarm'
import { lastHour } from './lastHour'

/** A database whose rows of the day were used up says so for a day. */
const RECENT = DAY

/** The database took nothing, as Cloudflare's free plan had no rows left. */
export const rowsAlarm: Alarm = {
  id: 'quota_rows',
  setting: 'quota',
  statements: 1,
  hourAt: lastHour,
  async look(site, _, now) {
    const outage = await site.lastQuotaOutage(now - RECENT)
    return {
      isOn: outage !== null,
      begun: () => ({
        id: `alarm/quota_rows/${Math.floor((outage ?? now) / HOUR)}`,
        title: `Database quota used up: ${site.config.domain}`,
        lines: [
          'The database used up the rows that its Cloudflare plan includes for a day, and stored nothing until midnight UTC. Charts mark the gap.',
          'If this happens again, switch to the paid plan or keep fewer sites in this database.',
        ],
      }),
      over: null,
    }
  },
}
