import type { AlarmSettings } from '../../../shared/settings'
import type { Site } from '../../site'
import type { AlarmState } from '../../storage/alarmStates'
import type { StatementBudget } from '../../storage/statementBudget'
import { deliverOnce } from '../delivery/deliverOnce'
import type { Outlets } from '../delivery/outlets'
import type { Alarm, Sighting } from './alarm'
import { type AlarmWords, alarmMessage } from './alarmMessage'
import { ALARMS } from './alarms'

/** Statements of a look besides its own: the state before and after, and a delivery. */
const STATEMENTS = 6

type Say = (words: AlarmWords) => Promise<boolean>

/** Says what changed, and returns the state after it. As long as a message has yet to be delivered, the hour is not done. */
const told = async (
  state: AlarmState,
  { isOn, begun, over }: Sighting,
  hour: number,
  say: Say,
): Promise<AlarmState> => {
  const since = isOn === true ? (state.since ?? hour) : state.since
  const next = { ...state, checked: hour, since: isOn === false ? null : since }
  if (since === null || isOn === null) return next
  const words = isOn ? begun(since) : over?.(since)
  const isDone = !words || (await say(words))
  return isDone ? next : { ...next, since, checked: state.checked }
}

const lookAt = async (
  alarm: Alarm,
  site: Site,
  to: AlarmSettings,
  state: AlarmState,
  hour: number,
  outlets: Outlets,
  now: number,
): Promise<void> => {
  const say: Say = words => deliverOnce(site, to, alarmMessage(site.config, alarm.setting, words), outlets, now)
  const sighting = await alarm.look(site, hour, now, state.since)
  if (sighting) await site.storeAlarmState(await told(state, sighting, hour, say))
}

/**
 * Looks at each alarm that is on when it is time, and says once that it went off and, where that matters, once that it is over.
 * @param now epoch milliseconds
 */
export const sendAlarms = async (site: Site, outlets: Outlets, now: number, budget: StatementBudget): Promise<void> => {
  const { alarms: to } = site.config.settings
  const mine = ALARMS.filter(({ setting }) => to?.[setting])
  if (!to || mine.length === 0 || !budget.hasRoomFor(STATEMENTS)) return
  const states = await site.alarmStates()
  for (const alarm of mine) {
    const state = states.find(one => one.alarm === alarm.id) ?? { alarm: alarm.id, checked: 0, since: null }
    const hour = alarm.hourAt(site.config.timezone, now)
    if (state.checked < hour && budget.hasRoomFor(alarm.statements + STATEMENTS))
      await lookAt(alarm, site, to, state, hour, outlets, now)
  }
}
