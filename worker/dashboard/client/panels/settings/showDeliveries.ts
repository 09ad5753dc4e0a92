import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { h } from '../../components/h'
import { call } from '../../state/call'
import { sitePath } from './send'

interface Outcome {
  readonly at: string
  readonly state: 'sent' | 'claimed' | 'failed'
  readonly problem: string | null
}

interface Report {
  readonly to: string
  readonly every: 'week' | 'month'
  readonly last: Outcome | null
}

interface ShownDeliveries {
  readonly reports: readonly Report[]
  readonly alarm: Outcome | null
}

const texts = settingsTexts.reports

const textOf = (what: string, last: Outcome | null): string => {
  if (!last) return fill(texts.none, { what })
  const problem = last.problem === null ? '' : ` ${last.problem}`
  return `${fill(texts[last.state], { what, day: last.at.slice(0, 10) })}${problem}`
}

const reportText = ({ to, every, last }: Report): string => textOf(fill(texts[every], { address: to }), last)

/** Shows owners what became of the last delivery of each report and of the alerts. A failure leaves the form as it is. */
export const showDeliveries = async (list: HTMLElement): Promise<void> => {
  const answer = await call(sitePath('/deliveries')).catch(() => null)
  if (!answer) return
  const { reports, alarm } = (await answer.json()) as ShownDeliveries
  const lines = [...reports.map(reportText), ...(alarm ? [textOf(texts.alert, alarm)] : [])]
  list.replaceChildren(...lines.map(line => h('li', {}, line)))
  list.hidden = lines.length === 0
}
