import { ALARM_KINDS, type AlarmKind, type AlarmSettings, FALSE_ALARM_RATES } from '../../shared/settings'
import { knownFields } from './knownFields'
import { badSetting } from './lineOf'
import { oneOf } from './oneOf'
import { recipientOf } from './recipientOf'

const WHERE = 'settings.alarms'

/**
 * The value of `settings.alarms`. An alarm that it does not name is off.
 * @throws Problem `bad_settings`
 */
export const alarmSettingsOf = (given: unknown): AlarmSettings => {
  const fields = knownFields(given, WHERE, [...ALARM_KINDS, 'to', 'kind', 'false_alarms'])
  const isOn = (alarm: AlarmKind): boolean => {
    const { [alarm]: value = false } = fields
    if (typeof value === 'boolean') return value
    throw badSetting(`"${WHERE}.${alarm}" must be true or false.`)
  }
  return {
    ...recipientOf(fields, WHERE),
    tracking_silent: isOn('tracking_silent'),
    changed: isOn('changed'),
    quota: isOn('quota'),
    false_alarms: oneOf(fields.false_alarms ?? 'quarter', `${WHERE}.false_alarms`, FALSE_ALARM_RATES),
  }
}
