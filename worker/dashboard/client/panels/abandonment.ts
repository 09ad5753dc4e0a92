import { granularityOf, type View } from '../../address'
import { about, type MetricQuestion } from '../../questions'
import { cartTexts } from '../../texts/cart'
import { clientFrameTexts } from '../../texts/clientFrame'
import { breakdownPanel } from '../components/breakdownPanel'
import { chartOrReason } from '../components/chartOrReason'
import { figure } from '../components/figure'
import { chosenOption, optionLinks } from '../components/optionLinks'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { warnings } from '../components/warnings'
import { timeSeriesCsv } from '../format/timeSeriesCsv'
import { definitionOf } from '../state/definitionOf'

const { abandonment: texts } = cartTexts
const { tables, tabs } = clientFrameTexts

const METRIC = 'cart_abandonment_rate'

const SCOPES = [
  { value: 'session', text: tables.sessions, name: texts.ofSessions },
  { value: 'visitor', text: tables.visitors, name: texts.ofVisitors },
  { value: 'cart', text: texts.carts, name: texts.ofCarts },
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
      optionLinks(texts.countBy, 'scope', SCOPES, scope),
      figure(definitionOf(METRIC), value, scope.name),
      chartOrReason(overTime, METRIC, view),
      ...warnings(whole),
    )
  },
  csv: ([, overTime]) => timeSeriesCsv(overTime, [METRIC]),
})

const COLUMNS = ['carts', METRIC, 'checkout_abandonment_rate'] as const

/** The abandonment rate by device and source. */
export const breakdown = breakdownPanel({
  id: 'breakdown',
  metrics: COLUMNS,
  sheet: COLUMNS,
  all: COLUMNS,
  asks: (question, view) =>
    question.metrics.includes(METRIC)
      ? { ...question, parameters: { [METRIC]: { scope: scopeOf(view).value } } }
      : question,
  tabs: [
    { title: tabs.devices, dimension: 'device' },
    { title: tabs.browsers, dimension: 'browser' },
    { title: tabs.systems, dimension: 'os' },
    { title: tabs.channels, dimension: 'channel' },
    { title: tabs.sources, dimension: 'source' },
    { title: tabs.campaigns, dimension: 'campaign' },
  ],
})
