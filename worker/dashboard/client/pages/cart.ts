import { abandonment, breakdown } from '../panels/abandonment'
import { funnel } from '../panels/funnel'
import { orderCoverage } from '../panels/orderCoverage'
import { products } from '../panels/products'
import { recoveries } from '../panels/recoveries'
import { shopSetup } from '../panels/shopSetup'
import { start } from '../start'

start<'cart'>({ setup: shopSetup, funnel, abandonment, breakdown, products, recoveries, coverage: orderCoverage })
