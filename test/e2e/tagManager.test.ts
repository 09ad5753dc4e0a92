import { expect, test } from 'vitest'
import { tagManagerTemplate } from '../tagManagerTemplate'
import { allArrived, collector, openTab } from './stage'

const { code, permissions } = tagManagerTemplate()

/**
 * A stand-in for Tag Manager: its sandbox with the documented APIs, each of which checks its permission. `fire` runs the
 * template with the given field values; `done` lists how each run ended.
 * @see https://developers.google.com/tag-platform/tag-manager/templates/api
 */
const TAG_MANAGER = `
  const code = ${JSON.stringify(code)}
  const permissions = ${JSON.stringify(Object.fromEntries(permissions))}
  const globals = right => permissions.access_globals.keys.filter(entry => entry[right]).map(({ key }) => key)
  const expectGlobal = (right, key) => { if (!globals(right).includes(key)) throw Error(right + ' ' + key) }
  const pattern = text => RegExp('^' + text.split('*').map(part => part.replace(/[.]/g, '[.]')).join('.*') + '$')
  const loaded = new Map()
  const apis = {
    Object: { keys: Object.keys },
    copyFromWindow: key => (expectGlobal('read', key), self[key]),
    callInWindow: (key, ...values) => (expectGlobal('execute', key), void self[key](...structuredClone(values))),
    createArgumentsQueue: (name, list) => {
      for (const key of [name, list]) expectGlobal('read', key), expectGlobal('write', key)
      self[name] ||= function () { self[name].q.push(arguments) }
      self[name].q ||= []
      return self[name]
    },
    copyFromDataLayer: (key, version) => {
      if (version !== 1 || !permissions.read_data_layer.keyPatterns.includes(key)) throw Error('data layer ' + key)
      return structuredClone(self.dataLayer.filter(one => key in one).at(-1)?.[key])
    },
    injectScript: (url, succeed, fail, token) => {
      if (!permissions.inject_script.urls.some(one => pattern(one).test(url))) throw Error('inject ' + url)
      if (!loaded.has(token)) loaded.set(token, new Promise((resolve, reject) => {
        const script = document.createElement('script')
        Object.assign(script, { src: url, async: true, onload: resolve, onerror: reject })
        document.head.append(script)
      }))
      loaded.get(token).then(succeed, fail)
    },
  }
  self.done = []
  self.fire = fields => {
    const data = { ...fields, gtmOnSuccess: () => done.push('ok'), gtmOnFailure: () => done.push('failed') }
    Function('require', 'data', 'window', 'document', code)(name => apis[name], data)
  }`

const ECOMMERCE = { currency: 'EUR', value: 20, items: [{ item_id: 'MUG', price: 20 }] }

test('the Tag Manager template loads the script once, and sends events before and after it has loaded', async () => {
  collector.show('/', `<body><script>self.dataLayer = []${TAG_MANAGER}</script>`)
  const page = await openTab()
  await page.route('https://stats.example.com/**', async route => {
    const { pathname } = new URL(route.request().url())
    await route.fulfill({ response: await route.fetch({ url: collector.url(pathname) }) })
  })
  await page.goto(collector.url('/'))
  const fire = (fields: object) =>
    page.evaluate(one => (self as unknown as { fire(one: object): void }).fire(one), fields)
  await page.evaluate(
    `dataLayer.push({ ecommerce: { items: [{ item_id: 'OLD' }] } }, { ecommerce: ${JSON.stringify(ECOMMERCE)} })`,
  )
  await fire({ action: 'event', eventName: 'add_to_cart', ecommerce: true })
  await fire({ action: 'load', src: 'https://stats.example.com/s.js' })
  await fire({ action: 'load', src: 'https://stats.example.com/s.js' })
  await collector.until('events', 1)
  await fire({ action: 'identify', userId: 'u_42' })
  await page.evaluate('dataLayer.push({ ecommerce: null })')
  await fire({ action: 'event', eventName: 'lunch', ecommerce: true, properties: [{ name: 'place', value: 'roof' }] })
  await collector.until('events', 3)
  await allArrived(page)
  expect(collector.paths).toEqual(['/'])
  expect(collector.beacons[0]).not.toHaveProperty('s')
  expect(collector.events.map(({ k, o }) => [k, o])).toEqual([
    ['add_to_cart', ECOMMERCE],
    ['identify', { user_id: 'u_42' }],
    ['lunch', { place: 'roof' }],
  ])
  expect(await page.evaluate('done')).toEqual(Array(5).fill('ok'))
  await expect(fire({ action: 'load', src: 'https://elsewhere.example/other.js' })).rejects.toThrow('inject')
})
