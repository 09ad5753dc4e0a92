import { granularityOf, type View } from '../../address'
import { about, type Breakdown, breakdownQuestion, type MetricQuestion } from '../../questions'
import { drawBreakdown } from '../components/breakdown'
import { chartOrReason } from '../components/chartOrReason'
import { figure } from '../components/figure'
import { chosenOption, optionLinks } from '../components/optionLinks'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { warnings } from '../components/warnings'
import { breakdownCsv } from '../format/breakdownCsv'
import { timeSeriesCsv } from '../format/timeSeriesCsv'
import { definitionOf } from '../state/definitionOf'

const METRIC = 'cart_abandonment_rate'

const SCOPES = [
  { value: 'session', text: 'Sessions', name: 'Sessions with an abandoned cart' },
  { value: 'visitor', text: 'Visitors', name: 'Visitors with an abandoned cart' },
  { value: 'cart', text: 'Carts', name: 'Abandoned carts' },
] as const

const scopeOf = ({ own }: View) => chosenOption(SCOPES, own.scope)

const abandonmentOf = (view: View): MetricQuestion => ({
  ...about(view),
  metrics: [METRIC],
  parameters: { [METRIC]: { scope: scopeOf(view).value } },
})

/** The abandonment rate of sessions, visitors or carts. */
export const abandonment = queryPanel({
  questions: view => [abandonmentOf(view), { ...abandonmentOf(view), granularity: granularityOf(view) }],
  draw: (body, [whole, overTime], view) => {
    const value = whole?.rows[0]?.metrics[METRIC]
    if (!value || !overTime) return
    const scope = scopeOf(view)
    refill(
      body,
      optionLinks('Count by', 'scope', SCOPES, scope),
      figure(definitionOf(METRIC), value, scope.name),
      chartOrReason(overTime, METRIC, view),
      ...warnings(whole),
    )
  },
  csv: ([, overTime]) => timeSeriesCsv(overTime, METRIC),
})

const BREAKDOWN: Breakdown = {
  metrics: ['carts', METRIC, 'checkout_abandonment_rate'],
  tabs: [
    { title: 'Devices', dimensions: ['device', 'browser', 'os'] },
    { title: 'Sources', dimensions: ['channel', 'source', 'campaign'] },
  ],
}

/** The abandonment rate by device and source. */
export const breakdown = queryPanel({
  questions: view => [{ ...abandonmentOf(view), ...breakdownQuestion(BREAKDOWN, view) }],
  draw: (body, [answer], view) => {
    if (answer) drawBreakdown(BREAKDOWN, body, answer, view)
  },
  csv: ([answer], view) => breakdownCsv(BREAKDOWN, answer, view),
})
