import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { abandonment, breakdown } from '../panels/abandonment'
import { funnel } from '../panels/funnel'
import { orderCoverage } from '../panels/orderCoverage'
import { products } from '../panels/products'
import { recoveries } from '../panels/recoveries'
import { SHOP_METRICS } from '../panels/shopMetrics'
import { shopSetup } from '../panels/shopSetup'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'

const shownMetric = shownMetricOf(SHOP_METRICS)

start<'cart'>({
  setup: shopSetup,
  cards: cardsPanel(SHOP_METRICS, shownMetric),
  chart: chartPanel(shownMetric),
  funnel,
  abandonment,
  breakdown,
  products,
  recoveries,
  coverage: orderCoverage,
})
