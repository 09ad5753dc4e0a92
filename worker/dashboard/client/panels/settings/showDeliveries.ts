import { h } from '../../components/h'
import { call } from '../../state/call'
import { sitePath } from './send'

interface Report {
  readonly to: string
  readonly every: string
  readonly last: { readonly period: string; readonly state: string; readonly problem: string | null } | null
}

const STATES: Readonly<Record<string, string>> = { sent: 'sent', claimed: 'being sent', failed: 'not sent' }

const textOf = ({ to, every, last }: Report): string => {
  const report = `${every === 'week' ? 'Weekly' : 'Monthly'} report to ${to}`
  if (!last) return `${report}: none sent yet.`
  const problem = last.problem === null ? '' : ` ${last.problem}`
  return `${report}, ${last.period}: ${STATES[last.state] ?? last.state}.${problem}`
}

/** Shows owners what became of the last delivery of each report. A failure leaves the form as it is. */
export const showDeliveries = async (list: HTMLElement): Promise<void> => {
  const answer = await call(sitePath('/deliveries')).catch(() => null)
  if (!answer) return
  const { reports } = (await answer.json()) as { readonly reports: readonly Report[] }
  list.replaceChildren(...reports.map(report => h('li', {}, textOf(report))))
  list.hidden = reports.length === 0
}
