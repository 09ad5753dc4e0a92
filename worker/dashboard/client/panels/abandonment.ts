import type { View } from '../../address'
import { granularityOf } from '../../address'
import { about, type Breakdown, breakdownQuestion, type MetricQuestion } from '../../questions'
import { breakdownCsv, drawBreakdown } from '../components/breakdown'
import { figure } from '../components/figure'
import { chartOrReason } from '../components/keyFigures'
import { chosen, optionLinks } from '../components/options'
import { asked } from '../components/panel'
import { overTimeCsv } from '../components/series'
import { notes } from '../components/states'
import { definitionOf } from '../state/page'
import { refill } from '../state/refill'

const METRIC = 'cart_abandonment_rate'

const SCOPES = [
  { value: 'session', text: 'Sessions', name: 'Sessions with a cart that bought nothing' },
  { value: 'visitor', text: 'Visitors', name: 'Visitors with a cart who bought nothing' },
  { value: 'cart', text: 'Carts', name: 'Carts that were left with goods in them' },
] as const

const scopeOf = ({ own }: View) => chosen(SCOPES, own.scope)

const abandonmentOf = (view: View): MetricQuestion => ({
  ...about(view),
  metrics: [METRIC],
  parameters: { [METRIC]: { scope: scopeOf(view).value } },
})

/** The share of carts that were left, of what the reader takes for a cart. */
export const abandonment = asked({
  questions: view => [abandonmentOf(view), { ...abandonmentOf(view), granularity: granularityOf(view) }],
  draw: (body, [whole, overTime], view) => {
    const value = whole?.rows[0]?.metrics[METRIC]
    if (!value || !overTime) return
    const scope = scopeOf(view)
    refill(
      body,
      optionLinks('A cart is counted for', 'scope', SCOPES, scope),
      figure(definitionOf(METRIC), value, scope.name),
      chartOrReason(overTime, METRIC, view),
      ...notes(whole),
    )
  },
  csv: ([, overTime]) => overTimeCsv(overTime, METRIC),
})

const BREAKDOWN: Breakdown = {
  metrics: ['carts', METRIC, 'checkout_abandonment_rate'],
  tabs: [
    { title: 'Devices', dimensions: ['device', 'browser', 'os'] },
    { title: 'Sources', dimensions: ['channel', 'source', 'campaign'] },
  ],
}

/** The same by who they are and where they came from. */
export const breakdown = asked({
  questions: view => [{ ...abandonmentOf(view), ...breakdownQuestion(BREAKDOWN, view) }],
  draw: (body, [answer], view) => {
    if (answer) drawBreakdown(BREAKDOWN, body, answer, view)
  },
  csv: ([answer], view) => breakdownCsv(BREAKDOWN, answer, view),
})
