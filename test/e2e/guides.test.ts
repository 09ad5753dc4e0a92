import { expect, test } from 'vitest'
import { allArrived, collector, openPage, openTab } from './stage'

const guide = (more = '') => `data-guide="welcome" data-guide-step="1" data-guide-steps="3" ${more}`
/** Sets `seenAt` to the time of the step's first paint. */
const WATCH = `<script>
  new IntersectionObserver(([step]) => { if (step.isIntersecting) self.seenAt ??= Date.now() })
    .observe(document.querySelector('[data-guide]'))
</script>`

const waitFor = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

test('a step that is half visible for a second is viewed, once', async () => {
  const page = await openPage(`<div ${guide()}>Step</div>${WATCH}`)
  const [step] = await collector.until('events', 1)
  expect(step).toMatchObject({
    k: 'guide_step',
    o: { guide_id: 'welcome', step: 1, step_count: 3, interactive: false },
  })
  expect((step?.t ?? 0) - (await page.evaluate<number>('seenAt'))).toBeGreaterThanOrEqual(990)
  // Visible five more times.
  await page.evaluate(waitFor, 2_500)
  await allArrived(page)
  expect(collector.events).toHaveLength(1)
})

test('the one second starts when the step is painted, not when the script runs', async () => {
  const page = await openPage(
    `<div ${guide()}>Step</div>${WATCH}
     <script>addEventListener('DOMContentLoaded', () => { for (const start = Date.now(); Date.now() - start < 400; ); })</script>`,
  )
  const [step] = await collector.until('events', 1)
  expect((step?.t ?? 0) - (await page.evaluate<number>('seenAt'))).toBeGreaterThanOrEqual(990)
})

test('a step off screen, less than half visible or hidden is not viewed', async () => {
  const page = await openPage(
    `<div ${guide('style="position:fixed;left:-900px;width:300px"')}>Beside</div>
     <div ${guide('hidden')}>Hidden</div>
     <div ${guide('style="position:fixed;left:0;bottom:-60px;height:100px"')}>Two fifths</div>
     <div ${guide('style="position:absolute;top:3000px"')}>Below</div>
     <div data-guide="seen" data-guide-step="1">Seen</div>`,
  )
  await collector.until('events', 1)
  await page.evaluate(waitFor, 1_000)
  await allArrived(page)
  expect(collector.events.map(({ o }) => o?.guide_id)).toEqual(['seen'])
})

test('a step that nobody can see is not viewed', async () => {
  const page = await openPage(
    `<div ${guide('style="visibility:hidden"')}>Invisible</div>
     <div style="opacity:0"><div ${guide()}>Transparent</div></div>
     <div data-guide="seen" data-guide-step="1">Seen</div>`,
  )
  await collector.until('events', 1)
  await page.evaluate(waitFor, 1_000)
  await allArrived(page)
  expect(collector.events.map(({ o }) => o?.guide_id)).toEqual(['seen'])
})

test('steps are looked for twice a second where there is a guide, else every two seconds', async () => {
  collector.serve('/', '')
  const page = await openTab()
  await page.addInitScript(() => {
    const find = document.querySelectorAll
    Object.assign(self, { searches: 0 })
    document.querySelectorAll = ((selector: string) => {
      if (selector === 'head,[data-guide]') (self as unknown as { searches: number }).searches += 1
      return find.call(document, selector)
    }) as typeof find
  })
  await page.goto(collector.url('/'))
  await page.evaluate(waitFor, 1_500)
  expect(await page.evaluate('searches')).toBe(1)
  await page.evaluate(html => document.body.insertAdjacentHTML('beforeend', html), `<p ${guide()}>Step`)
  await collector.until('events', 1)
  expect(await page.evaluate('searches')).toBeGreaterThanOrEqual(4)
})

test('a step shown later and a second step in the same element are viewed', async () => {
  const page = await openPage(`<div ${guide('hidden')}>Step</div>`)
  await page.evaluate(() => document.querySelector('div')?.removeAttribute('hidden'))
  await collector.until('events', 1)
  await page.evaluate(() => document.querySelector('div')?.setAttribute('data-guide-step', '2'))
  await collector.until('events', 2)
  await page.evaluate(() =>
    document.body.insertAdjacentHTML('beforeend', '<p data-guide="more" data-guide-step="1">More'),
  )
  await collector.until('events', 3)
  expect(collector.events.map(({ o }) => [o?.guide_id, o?.step])).toEqual([
    ['welcome', 1],
    ['welcome', 2],
    ['more', 1],
  ])
})

test('a guide is completed or dismissed by name, else the one around the button, else the only one', async () => {
  const page = await openPage(
    `<div ${guide()}>Step</div>
     <div data-guide="second" data-guide-step="1"><button id="around" data-guide-dismiss>Close</button></div>
     <button id="named" data-guide-complete="third">Done</button><button id="only" data-guide-complete>Done</button>`,
  )
  for (const id of ['around', 'named', 'only']) await page.click(`#${id}`)
  await allArrived(page)
  const ends = collector.events.filter(({ k }) => k !== 'guide_step')
  expect(ends.map(({ k, o }) => [k, o])).toEqual([
    ['guide_dismiss', { guide_id: 'second' }],
    ['guide_complete', { guide_id: 'third' }],
    ['guide_complete', { guide_id: 'welcome' }],
  ])
})
