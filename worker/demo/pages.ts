import addToCart from './add-to-cart.html'
import card from './card.html'
import cart from './cart.html'
import checkout from './checkout.html'
import { fill } from './fill'
import frame from './frame.html'
import front from './front.html'
import planner from './planner.html'
import product from './product.html'
import { PRODUCTS, type Product } from './products'
import thanks from './thanks.html'

/** A page, for the path of the script. */
const framed =
  (title: string, main: string) =>
  (script: string): string =>
    fill(frame, { title: `${title} · Waymark`, main, script })

const describe = (template: string, one: Product): string =>
  fill(template, { ...one, add: fill(addToCart, { ...one }).trim() })

const cards = PRODUCTS.map(one => describe(card, one)).join('')

/** The demo shop's pages by their path below `/demo/`, each for the path of the script. */
export const PAGES: Readonly<Record<string, (script: string) => string>> = {
  '': framed('Good things for a long walk', fill(front, { cards })),
  ...Object.fromEntries(PRODUCTS.map(one => [`product/${one.id}`, framed(one.name, describe(product, one))])),
  cart: framed('Your cart', cart),
  checkout: framed('Checkout', checkout),
  thanks: framed('Thank you', thanks),
  app: framed('Walk planner', planner),
  'app/packing': framed('Walk planner', planner),
  'app/signals': framed('Walk planner', planner),
}
