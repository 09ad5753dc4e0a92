import { ARTICLE, glanced, HOME, LIST, PRODUCT } from '../pageTypes.ts'
import type { Visit } from '../visit.ts'
import { checkOut, goods, type Item, itemOf, type Order, pay } from './cart.ts'
import { CATEGORIES, PRODUCTS, STORIES } from './world.ts'

/** How a visit to the shop ended. */
export interface Outcome {
  readonly order: Order | null
  /** Goods left in the cart. */
  readonly left: readonly Item[]
}

const NOTHING: Outcome = { order: null, left: [] }

const DEVICE_INTENT = { mobile: 0.88, tablet: 1, desktop: 1.16 } as const

const aProduct = ({ dice }: Visit): Item =>
  itemOf(
    dice.pick(PRODUCTS, ({ weight }) => weight),
    dice,
  )

const viewProduct = (visit: Visit, item: Item, type = PRODUCT): void => {
  visit.view(`/products/${item.item_id}`, type).send('view_item', goods([item]))
}

const viewList = (visit: Visit): void => {
  visit.view(`/collections/${visit.dice.pick(CATEGORIES).toLowerCase()}`, LIST)
}

/** One page and gone. */
const bounce = (visit: Visit): Outcome => {
  const page = visit.dice.weighted([
    ['home', 38],
    ['product', 30],
    ['story', 32],
  ])
  if (page === 'product') viewProduct(visit, aProduct(visit), glanced(PRODUCT))
  else if (page === 'home') visit.view('/', glanced(HOME))
  else visit.view(visit.dice.weighted(STORIES), visit.dice.chance(0.4) ? ARTICLE : glanced(ARTICLE))
  return NOTHING
}

/** Reads stories and sometimes subscribes to the newsletter. */
const read = (visit: Visit): Outcome => {
  const { dice } = visit
  for (let stories = 1 + dice.count(0.7); stories > 0; stories--) visit.view(dice.weighted(STORIES), ARTICLE)
  if (dice.chance(0.06)) visit.click('file_download', { file_name: 'packing-list.pdf', file_extension: 'pdf' })
  if (dice.chance(0.05))
    visit.click('outbound_click', { link_url: 'https://hikers.example/', link_domain: 'hikers.example' })
  if (dice.chance(0.05)) visit.click('generate_lead', { form: 'newsletter' }, 12)
  return NOTHING
}

/** Adds what is liked along the way. */
const lookAtProducts = (visit: Visit, addChance: number): Item[] => {
  const { dice } = visit
  const added: Item[] = []
  for (let looks = 1 + dice.count(1.6); looks > 0; looks--) {
    const item = aProduct(visit)
    viewProduct(visit, item)
    if (added.length === 0 ? dice.chance(addChance) : dice.chance(0.3)) {
      visit.click('add_to_cart', goods([item]))
      added.push(item)
    }
    if (looks > 1 && dice.chance(0.3)) viewList(visit)
  }
  return added
}

/** Takes goods out of the cart again: one of several, or seldom all. */
const changeMind = (visit: Visit, items: readonly Item[]): readonly Item[] => {
  const { dice } = visit
  const remove = (item: Item) => visit.click('remove_from_cart', goods([item]), 9)
  if (dice.chance(0.09)) {
    for (const item of items) remove(item)
    return []
  }
  const [first, ...rest] = items
  if (!first || rest.length === 0 || !dice.chance(0.15)) return items
  remove(first)
  return rest
}

/** Browses the shop with an interest in buying. */
const browse = (visit: Visit, id: string, intent: number): Outcome => {
  const { dice } = visit
  if (dice.chance(0.55)) visit.view('/', HOME)
  if (dice.chance(0.45)) viewList(visit)
  if (dice.chance(0.1))
    visit
      .view('/search', LIST)
      .send('search', { search_term: dice.pick(['mug', 'socks', 'stove', 'gift', 'kettle', 'compass']) })
  if (dice.chance(0.002 * intent)) {
    const item = aProduct(visit)
    viewProduct(visit, item)
    return { order: pay(visit, [item], id), left: [] }
  }
  const items = changeMind(visit, lookAtProducts(visit, 0.056 * intent))
  if (items.length === 0) return NOTHING
  if (!dice.chance(0.8)) return { order: null, left: items }
  const order = checkOut(visit, items, id)
  return order ? { order, left: [] } : { order: null, left: items }
}

/**
 * One visit to the shop.
 * @param interest how interested the visitor is, with 1 for a first visit from an average source
 */
export const visitShop = (visit: Visit, id: string, interest: number): Outcome => {
  const { dice, person } = visit
  const way = dice.weighted([
    ['bounce', 47 / interest ** 0.4],
    ['read', 14],
    ['browse', 43 * interest ** 0.2],
  ] as const)
  if (way === 'bounce') return bounce(visit)
  return way === 'read' ? read(visit) : browse(visit, id, interest * DEVICE_INTENT[person.device])
}
