import type { ScheduledReport } from '../../shared/settings'
import type { SiteEngine } from '../site'
import type { Delivery, DeliveryKey } from '../storage/deliveries'
import { deliveryKey } from './delivery/deliverOnce'
import { reportSubject } from './sendReports'

interface Outcome extends Pick<Delivery, 'state' | 'tries' | 'problem'> {
  readonly at: string
}

interface LastReport extends ScheduledReport {
  /** `null` before the first. */
  readonly last: (Outcome & { readonly period: string }) | null
}

interface LastDeliveries {
  readonly reports: readonly LastReport[]
  /** The last message of the alarms to the address in the settings; `null` before the first. */
  readonly alarm: (Outcome & { readonly id: string }) | null
}

const outcomeOf = ({ state, tries, at, problem }: Delivery): Outcome => ({
  state,
  tries,
  at: new Date(at).toISOString(),
  problem,
})

const lastTo = (made: readonly Delivery[], { subject, recipient }: DeliveryKey): Delivery | undefined =>
  made.find(one => one.recipient === recipient && one.subject.startsWith(subject))

/** What became of the last delivery of each report in the settings, and of the alarms. */
export const lastDeliveries = async (site: SiteEngine): Promise<LastDeliveries> => {
  const made = await site.deliveries()
  const { reports, alarms } = site.config.settings
  const told = alarms && lastTo(made, await deliveryKey('alarm/', alarms))
  return {
    reports: await Promise.all(
      reports.map(async report => {
        const key = await deliveryKey(reportSubject(report.every, ''), report)
        const last = lastTo(made, key)
        return { ...report, last: last ? { period: last.subject.slice(key.subject.length), ...outcomeOf(last) } : null }
      }),
    ),
    alarm: told ? { id: told.subject, ...outcomeOf(told) } : null,
  }
}
