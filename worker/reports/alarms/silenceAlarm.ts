import type { Alarm } from './alarm'
import { hourText } from './hourText'
import { lastHour } from './lastHour'
import { silentHours } from './silentHours'

/** Tracking fell silent. */
export const silenceAlarm: Alarm = {
  id: 'tracking_silent',
  setting: 'tracking_silent',
  statements: 5,
  hourAt: lastHour,
  async look(site, hour) {
    const { domain, timezone, settings } = site.config
    const rate = settings.alarms?.false_alarms ?? 'quarter'
    const time = `${hourText(hour + 1, timezone)} (${timezone})`
    return {
      isOn: await silentHours(hour, timezone, rate, hours => site.viewsOfHours(hours)),
      begun: since => ({
        id: `alarm/tracking_silent/${since}`,
        title: `Tracking went silent: ${domain}`,
        lines: [
          `As of ${time}, almost no page views are coming in, although this time of the week usually has many.`,
          'Check that the script is still on every page.',
        ],
      }),
      over: since => ({
        id: `alarm/tracking_silent/${since}/over`,
        title: `Tracking is back: ${domain}`,
        lines: [`As of ${time}, page views are coming in as usual again.`],
      }),
    }
  },
}
