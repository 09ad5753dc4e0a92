import { abandonment, breakdown } from '../panels/abandonment'
import { funnel } from '../panels/funnel'
import { products } from '../panels/products'
import { recoveries } from '../panels/recoveries'
import { start } from '../start'

start<'cart'>({ funnel, abandonment, breakdown, products, recoveries })
