import type { ScheduledReport } from '../../shared/settings'
import type { SiteEngine } from '../site'
import type { Delivery } from '../storage/deliveries'
import { deliveryKey } from './delivery/deliverOnce'
import { reportSubject } from './sendReports'

interface LastDelivery extends ScheduledReport {
  /** `null` before the first. */
  readonly last:
    | (Pick<Delivery, 'state' | 'tries' | 'problem'> & { readonly period: string; readonly at: string })
    | null
}

/** What became of the last delivery of each report in the settings. */
export const lastDeliveries = async (site: SiteEngine): Promise<LastDelivery[]> => {
  const made = await site.deliveries()
  return Promise.all(
    site.config.settings.reports.map(async report => {
      const { subject, recipient } = await deliveryKey(reportSubject(report.every, ''), report)
      const last = made.find(one => one.recipient === recipient && one.subject.startsWith(subject))
      if (!last) return { ...report, last: null }
      const { state, tries, at, problem } = last
      const period = last.subject.slice(subject.length)
      return { ...report, last: { period, state, tries, at: new Date(at).toISOString(), problem } }
    }),
  )
}
