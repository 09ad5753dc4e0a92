import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROJECT } from '../../../tools/project'
import { hasPhp } from '../../php'

const PLUGIN = join(PROJECT, 'integrations/wordpress/footfall/footfall.php')
const SITE = join(PROJECT, 'test/deep/tools/wordpress/site.php')

const COLLECTOR = 'https://stats.example.com'
const SETTINGS = { collector: COLLECTOR, site: 'shop.example', modules: ['cart'] }

/** An order whose prices contain 25 % tax, as WooCommerce stores it. */
const ORDER = {
  id: 727,
  status: 'processing',
  currency: 'SEK',
  total: '548.75',
  total_tax: '109.75',
  shipping_total: '39',
  coupons: ['spring', '10%'],
  items: [
    { name: 'Hoodie <!--<script> - Blue', product_id: 22, variation_id: 31, quantity: 2, total: '320' },
    { name: "Men's Belt", product_id: 38, quantity: 1, total: '80' },
  ],
}

interface Result {
  readonly printed: string
  readonly option: unknown
  readonly errors: readonly string[]
  readonly saved: Readonly<Record<string, string>>
}

/** Runs one step of the plugin, such as a page's head or the settings, and returns its output and what it stored. */
const run = (call: string, given: object = {}): Result =>
  JSON.parse(
    execFileSync('php', [SITE, PLUGIN], {
      input: JSON.stringify({ call, option: SETTINGS, ...given }),
      stdio: ['pipe', 'pipe', 'inherit'],
      encoding: 'utf8',
    }),
  )

const purchaseIn = ({ printed }: Result) => JSON.parse(/footfall\('purchase', (.*)\);\n/.exec(printed)?.[1] ?? '')

// Only root can install PHP, and only with apt.
describe.skipIf(!hasPhp())('the plugin for WordPress', () => {
  test('is valid PHP', () => {
    expect(execFileSync('php', ['-l', PLUGIN], { encoding: 'utf8' })).toMatch(/^No syntax errors/)
  })

  test('prints the tag in the head of every page, once there is a collector', () => {
    expect(run('head').printed).toBe(
      `<script src="${COLLECTOR}/s.js" data-site="shop.example" defer data-modules="cart"></script>\n`,
    )
    expect(run('head', { option: { collector: COLLECTOR } }).printed).not.toContain('data-modules')
    expect(run('head', { option: { collector: `${COLLECTOR}/a/v.js` } }).printed).toContain(`src="${COLLECTOR}/a/v.js"`)
    expect(run('head', { option: null }).printed).toBe('')
    const withPages = (more: object) => run('head', { option: { ...SETTINGS, modules: ['pages'], ...more } }).printed
    expect(withPages({})).toMatch(/ data-modules="pages" data-search-parameter="s"><\/script>$/m)
    expect(withPages({ search: '', forms: true })).toMatch(/ data-modules="pages" data-forms><\/script>$/m)
  })

  test('records an order once, without tax and after discounts', () => {
    const result = run('thanks', { order: ORDER, argument: 727 })
    expect(result.printed.match(/<script>/g)).toHaveLength(1)
    expect(result.printed).not.toContain('<!--')
    expect(purchaseIn(result)).toEqual({
      transaction_id: '727',
      currency: 'SEK',
      value: 400,
      tax: 109.75,
      shipping: 39,
      coupon: 'spring,10%',
      items: [
        { item_id: 31, item_name: 'Hoodie <!--<script> - Blue', price: 160, quantity: 2 },
        { item_id: 38, item_name: "Men's Belt", price: 80, quantity: 1 },
      ],
    })
    expect(result.saved._footfall_recorded).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  test.each([
    ['that was recorded', { order: { ...ORDER, meta: { _footfall_recorded: 'x' } } }],
    ['that failed', { order: { ...ORDER, status: 'failed' } }],
    ['that does not exist', {}],
    ['without a collector', { order: ORDER, option: null }],
  ])('records no order %s', (_, given) => {
    const { printed, saved } = run('thanks', { argument: 727, ...given })
    expect([printed, saved]).toEqual(['', []])
  })

  test('shows its settings only to administrators, escaped and with a nonce', () => {
    const { printed } = run('page', { option: { ...SETTINGS, site: '"><b>' } })
    expect(printed).toMatch(/^manage_options<div/)
    expect(printed).toContain('nonce of footfall-options')
    expect(printed).toContain('value="&quot;&gt;&lt;b&gt;"')
    expect(printed).toContain(`value="cart" checked='checked'>`)
    expect(run('page', { can: false }).printed).toBe('manage_options')
  })

  test('stores valid settings, and keeps the old value of an invalid one', () => {
    const argument = { collector: ` ${COLLECTOR}/stats/ `, site: 'Shop.Example', modules: ['ga4', 'evil', 'cart'] }
    expect(run('save', { option: null, argument })).toMatchObject({
      option: {
        collector: `${COLLECTOR}/stats`,
        site: 'shop.example',
        modules: ['cart', 'ga4'],
        search: 's',
        forms: false,
      },
      errors: [],
    })
    expect(run('save', { argument: { ...SETTINGS, search: ' q ', forms: '1' } }).option).toMatchObject({
      search: 'q',
      forms: true,
    })
    const invalid = { collector: 'javascript:alert(1)', site: 'a b', search: '"x' }
    expect(run('save', { argument: invalid })).toMatchObject({
      option: { ...SETTINGS, modules: [], search: 's' },
      errors: ['collector must be', 'site must be', 'search parameter must be'].map(part =>
        expect.stringMatching(part),
      ),
    })
    expect(run('save', { argument: { ...SETTINGS, collector: '' } }).option).toMatchObject({ collector: '' })
  })

  test('leaves only the mark of recorded orders when it is deleted', () => {
    expect(run('uninstall').option).toBeNull()
  })
})
