import compass from './compass.svg'
import mug from './mug.svg'
import notebook from './notebook.svg'
import socks from './socks.svg'

/** A product of the demo shop. */
export interface Product {
  /** Its address below `/demo/product/`, and its `item_id`. */
  readonly id: string
  readonly name: string
  /** US dollars. */
  readonly price: number
  readonly tagline: string
  readonly description: string
  /** SVG, 4:3. */
  readonly drawing: string
}

/** The products of the demo shop, in display order. Strings are inserted into HTML unescaped. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'mug',
    name: 'Trail mug',
    price: 18,
    tagline: 'Enamel, for tea with a view.',
    description:
      'Steel under two coats of enamel, light enough to hang from a strap and plain enough for the kitchen. It holds 350 ml and keeps no secrets: the scratches are where you have been.',
    drawing: mug,
  },
  {
    id: 'socks',
    name: 'Wool socks',
    price: 24,
    tagline: 'Warm when dry, warm when not.',
    description:
      'Merino with a little nylon where the heel rubs. Cushioned below, thin above, and knitted without a seam at the toes. They dry on a branch overnight.',
    drawing: socks,
  },
  {
    id: 'compass',
    name: 'Brass compass',
    price: 48,
    tagline: 'No battery, no signal, no worry.',
    description:
      'A liquid-filled capsule in a brass case that closes with a click. The needle settles in two seconds, and the lid doubles as a mirror for bearings and for hair.',
    drawing: compass,
  },
  {
    id: 'notebook',
    name: 'Field notebook',
    price: 12,
    tagline: 'Sixty-four pages of weather and birds.',
    description:
      'Stone paper that takes pencil in the rain, stitched so that it lies flat, with a ruler printed on the back cover. It fits the pocket you always forget you have.',
    drawing: notebook,
  },
]
