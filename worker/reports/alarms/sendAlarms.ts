import type { AlarmSettings } from '../../../shared/settings'
import { HOUR, MINUTE } from '../../../shared/time'
import type { Site } from '../../site'
import type { AlarmState } from '../../storage/alarmStates'
import type { StatementBudget } from '../../storage/statementBudget'
import { deliverOnce } from '../delivery/deliverOnce'
import type { Outlets } from '../delivery/outlets'
import { type AlarmWords, alarmMessage } from './alarmMessage'
import { silentHours } from './silentHours'

const ALARM = 'tracking_silent'

/** After an hour, until its last beacons have arrived. */
const ARRIVED_AFTER = 10 * MINUTE

/** Statements of a look: the state before and after, a count for each length, and a delivery. */
const STATEMENTS = 12

const timeText = (hour: number, zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }).format(hour * HOUR)

const begun = ({ domain, timezone }: Site['config'], hour: number): AlarmWords => ({
  id: `alarm/${ALARM}/${hour}`,
  title: `Tracking went silent: ${domain}`,
  text: `Almost no page views arrived up to ${timeText(hour + 1, timezone)} (${timezone}), although this hour of the week usually brings many. Check that the script is still on every page.`,
})

const over = ({ domain, timezone }: Site['config'], since: number, hour: number): AlarmWords => ({
  id: `alarm/${ALARM}/${since}/over`,
  title: `Tracking is back: ${domain}`,
  text: `Page views arrive as usual again, as of ${timeText(hour + 1, timezone)} (${timezone}).`,
})

/** Says what changed, and returns since when the alarm is going off. */
const tell = async (
  site: Site,
  to: AlarmSettings,
  { since }: AlarmState,
  hour: number,
  isSilent: boolean | null,
  outlets: Outlets,
): Promise<number | null> => {
  const say = (words: AlarmWords) =>
    deliverOnce(site, to, alarmMessage(site.config, ALARM, words), outlets, (hour + 1) * HOUR + ARRIVED_AFTER)
  if (isSilent === true) {
    // Sent once; while it is going on, a delivery that failed is tried again.
    await say(begun(site.config, since ?? hour))
    return since ?? hour
  }
  if (isSilent === null || since === null) return since
  await say(over(site.config, since, hour))
  return null
}

/**
 * Looks once an hour whether tracking fell silent, and says so once when it does and once when it is over.
 * @param now epoch milliseconds
 */
export const sendAlarms = async (site: Site, outlets: Outlets, now: number, budget: StatementBudget): Promise<void> => {
  const { alarms } = site.config.settings
  if (!alarms?.tracking_silent || !budget.hasRoomFor(STATEMENTS)) return
  const hour = Math.floor((now - ARRIVED_AFTER) / HOUR) - 1
  const states = await site.alarmStates()
  const state = states.find(({ alarm }) => alarm === ALARM) ?? { alarm: ALARM, checked: 0, since: null }
  if (state.checked >= hour) return
  const isSilent = await silentHours(hour, site.config.timezone, alarms.false_alarms, hours => site.viewsOfHours(hours))
  const since = await tell(site, alarms, state, hour, isSilent, outlets)
  await site.storeAlarmState({ alarm: ALARM, checked: hour, since })
}
