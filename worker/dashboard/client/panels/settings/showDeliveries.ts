import { h } from '../../components/h'
import { call } from '../../state/call'
import { sitePath } from './send'

interface Outcome {
  readonly at: string
  readonly state: string
  readonly problem: string | null
}

interface Report {
  readonly to: string
  readonly every: string
  readonly last: Outcome | null
}

interface ShownDeliveries {
  readonly reports: readonly Report[]
  readonly alarm: Outcome | null
}

const STATES: Readonly<Record<string, string>> = { sent: 'sent', claimed: 'being sent', failed: 'not sent' }

const textOf = (what: string, last: Outcome | null): string => {
  if (!last) return `${what}: none sent yet.`
  const problem = last.problem === null ? '' : ` ${last.problem}`
  return `${what}, ${last.at.slice(0, 10)}: ${STATES[last.state] ?? last.state}.${problem}`
}

const reportText = ({ to, every, last }: Report): string =>
  textOf(`${every === 'week' ? 'Weekly' : 'Monthly'} report to ${to}`, last)

/** Shows owners what became of the last delivery of each report and of the alerts. A failure leaves the form as it is. */
export const showDeliveries = async (list: HTMLElement): Promise<void> => {
  const answer = await call(sitePath('/deliveries')).catch(() => null)
  if (!answer) return
  const { reports, alarm } = (await answer.json()) as ShownDeliveries
  const lines = [...reports.map(reportText), ...(alarm ? [textOf('Last alert', alarm)] : [])]
  list.replaceChildren(...lines.map(line => h('li', {}, line)))
  list.hidden = lines.length === 0
}
