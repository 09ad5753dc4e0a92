import { ARTICLE, glanced, HOME, LIST, PRODUCT } from '../pageTypes.ts'
import type { DemoSession } from '../session.ts'
import { checkOut, goods, type Item, itemOf, type Order, pay } from './cart.ts'
import { CATEGORIES, PRODUCTS, STORIES } from './world.ts'

/** How a session in the shop ended. */
export interface Outcome {
  readonly order: Order | null
  /** Items in the abandoned cart. */
  readonly left: readonly Item[]
}

const NOTHING: Outcome = { order: null, left: [] }

const DEVICE_INTENT = { mobile: 0.88, tablet: 1, desktop: 1.16 } as const

const aProduct = ({ dice }: DemoSession): Item =>
  itemOf(
    dice.pick(PRODUCTS, ({ weight }) => weight),
    dice,
  )

const viewProduct = (session: DemoSession, item: Item, type = PRODUCT): void => {
  session.view(`/products/${item.item_id}`, type).send('view_item', goods([item]))
}

const viewList = (session: DemoSession): void => {
  session.view(`/collections/${session.dice.pick(CATEGORIES).toLowerCase()}`, LIST)
}

/** Leaves after one page. */
const bounce = (session: DemoSession): Outcome => {
  const page = session.dice.weighted([
    ['home', 38],
    ['product', 30],
    ['story', 32],
  ])
  if (page === 'product') viewProduct(session, aProduct(session), glanced(PRODUCT))
  else if (page === 'home') session.view('/', glanced(HOME))
  else session.view(session.dice.weighted(STORIES), session.dice.chance(0.4) ? ARTICLE : glanced(ARTICLE))
  return NOTHING
}

/** Reads stories and sometimes subscribes to the newsletter. */
const read = (session: DemoSession): Outcome => {
  const { dice } = session
  for (let stories = 1 + dice.count(0.7); stories > 0; stories--) session.view(dice.weighted(STORIES), ARTICLE)
  if (dice.chance(0.06))
    session.click('file_download', {
      link_url: 'https://shop.example/packing-list.pdf',
      file_name: 'packing-list.pdf',
      file_extension: 'pdf',
    })
  if (dice.chance(0.05))
    session.click('outbound_click', { link_url: 'https://hikers.example/', link_domain: 'hikers.example' })
  if (dice.chance(0.05)) session.click('generate_lead', { form: 'newsletter' }, 12)
  return NOTHING
}

/** Adds what is liked along the way. */
const lookAtProducts = (session: DemoSession, addChance: number): Item[] => {
  const { dice } = session
  const added: Item[] = []
  for (let looks = 1 + dice.count(1.6); looks > 0; looks--) {
    const item = aProduct(session)
    viewProduct(session, item)
    if (added.length === 0 ? dice.chance(addChance) : dice.chance(0.3)) {
      session.click('add_to_cart', goods([item]))
      added.push(item)
    }
    if (looks > 1 && dice.chance(0.3)) viewList(session)
  }
  return added
}

/** Removes items from the cart: one of several, or rarely all. */
const changeMind = (session: DemoSession, items: readonly Item[]): readonly Item[] => {
  const { dice } = session
  const remove = (item: Item) => session.click('remove_from_cart', goods([item]), 9)
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
const browse = (session: DemoSession, id: string, intent: number): Outcome => {
  const { dice } = session
  if (dice.chance(0.55)) session.view('/', HOME)
  if (dice.chance(0.45)) viewList(session)
  if (dice.chance(0.1))
    session
      .view('/search', LIST)
      .send('search', { search_term: dice.pick(['mug', 'socks', 'stove', 'gift', 'kettle', 'compass']) })
  if (dice.chance(0.002 * intent)) {
    const item = aProduct(session)
    viewProduct(session, item)
    return { order: pay(session, [item], id), left: [] }
  }
  const items = changeMind(session, lookAtProducts(session, 0.056 * intent))
  if (items.length === 0) return NOTHING
  if (!dice.chance(0.8)) return { order: null, left: items }
  const order = checkOut(session, items, id)
  return order ? { order, left: [] } : { order: null, left: items }
}

/**
 * One session to the shop.
 * @param interest how interested the visitor is, with 1 for a first session from an average source
 */
export const visitShop = (session: DemoSession, id: string, interest: number): Outcome => {
  const { dice, person } = session
  const way = dice.weighted([
    ['bounce', 47 / interest ** 0.4],
    ['read', 14],
    ['browse', 43 * interest ** 0.2],
  ] as const)
  if (way === 'bounce') return bounce(session)
  return way === 'read' ? read(session) : browse(session, id, interest * DEVICE_INTENT[person.device])
}
