import { REPORT_INTERVALS, type ScheduledReport } from '../../shared/settings'
import { knownFields } from './knownFields'
import { oneOf } from './oneOf'
import { recipientOf } from './recipientOf'

/**
 * An entry of `settings.reports`.
 * @throws Problem `bad_settings`
 */
export const scheduledReportOf = (given: unknown, where: string): ScheduledReport => {
  const fields = knownFields(given, where, ['to', 'every', 'kind'])
  return { ...recipientOf(fields, where), every: oneOf(fields.every, `${where}.every`, REPORT_INTERVALS) }
}
