import { SOURCE_TABS } from '../../sourceTabs'
import { growthTexts } from '../../texts/growth'
import { breakdownPanel } from '../components/breakdownPanel'
import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { attribution } from '../panels/attribution'
import { costUpload } from '../panels/costUpload'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'
import { wholeDays } from '../state/wholeDays'

const ACQUISITION = ['new_customers', 'cac', 'cost_per_lead', 'romi'] as const
const REVENUE = ['mrr', 'arr', 'arpu', 'clv', 'churn_rate', 'customer_retention_rate'] as const

const shownMetric = shownMetricOf([...ACQUISITION, ...REVENUE])

start<'growth'>({
  cards: cardsPanel(ACQUISITION, shownMetric),
  revenue: cardsPanel(REVENUE, shownMetric),
  chart: chartPanel(shownMetric, wholeDays),
  acquisition: breakdownPanel({
    id: 'acquisition',
    metrics: ACQUISITION,
    sheet: ACQUISITION,
    all: [...ACQUISITION, 'arpu'],
    tabs: SOURCE_TABS,
    none: growthTexts.acquisition.none,
  }),
  attribution,
  costs: costUpload,
})
