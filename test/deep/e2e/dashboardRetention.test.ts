import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { MetricValue, Question } from '../../../shared/question'
import { PERIOD } from '../../e2e/dashboardPagesStory'
import { addSite, ask, LOOKS, loaded, open, post, rowsOf, seriousFindings } from '../../e2e/dashboardStage'

const SITE = 'split.example'
const RETENTION = `/retention?site=${SITE}&period=${PERIOD.from},${PERIOD.to}&unit=day`

const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const MOBILE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** A page view by a visitor at noon on a day of March. */
const view = (visitor_id: string, user_agent: string, day: number) => ({
  name: 'page_view',
  time: new Date(Date.UTC(2026, 2, day, 12)).toISOString(),
  visitor_id,
  user_agent,
  url: `https://${SITE}/`,
})

/** Visitors who come on a day of their own between the 2nd and the 9th; some are back on the next day, and on the seventh. */
const visitors = (name: string, user_agent: string, count: number, back: number, later: number) =>
  Array.from({ length: count }, (_, at) => {
    const [id, first] = [`${name}${at}`, 2 + (at % 8)]
    return [
      view(id, user_agent, first),
      ...(at < back ? [view(id, user_agent, first + 1)] : []),
      ...(at < later ? [view(id, user_agent, first + 7)] : []),
    ]
  }).flat()

beforeAll(async () => {
  await addSite(SITE)
  await post([...visitors('d', DESKTOP, 200, 60, 30), ...visitors('m', MOBILE, 8, 6, 1)], SITE)
})

const asked = async (question: Omit<Question, 'site'>) => (await ask({ site: SITE, period: PERIOD, ...question })).rows

/** The API's retention of a device, or of all, after each number of days. */
const retentionOf = async (days: readonly number[], device?: string): Promise<(MetricValue | undefined)[]> =>
  Promise.all(
    days.map(async day => {
      const question = { metrics: ['retention_rate'], parameters: { retention_rate: { day } } }
      if (device === undefined) return (await asked(question))[0]?.metrics.retention_rate
      const rows = await asked({ ...question, dimensions: ['device'] })
      return rows.find(({ dimensions }) => dimensions?.device === device)?.metrics.retention_rate
    }),
  )

const DAYS = [1, 2, 3, 4, 5, 6, 7, 14]

const cellsOf = (page: Page, row: number) =>
  page.locator(`#retention tbody tr:nth-child(${row}) .heat`).evaluateAll(cells =>
    cells.map(cell => ({
      value: Number((cell as HTMLElement).dataset.value),
      text: cell.firstChild?.textContent,
      range: cell.querySelector('.range')?.textContent,
    })),
  )

const percentOf = (share: number): string => `${Number((share * 100).toFixed(1))}%`

/** How the page should show a value of the API. */
const shown = (value: MetricValue | undefined) => {
  const [low = 0, high = 0] = value?.interval ?? []
  return {
    value: value?.value,
    text: `${value?.status === 'low_sample' ? '~' : ''}${percentOf(value?.value ?? 0)}`,
    range: `${percentOf(low)} to ${percentOf(high)}`,
  }
}

test('retention is split by a dimension with the intervals of the API, and small groups are marked', async () => {
  const page = await open(RETENTION)
  const split = page.getByRole('combobox', { name: 'Split by' })
  await split.focus()
  await page.keyboard.type('Device')
  await page.keyboard.press('Tab')
  const table = page.getByRole('group', { name: 'Retention by device' })
  await table.waitFor()
  await loaded(page)
  expect(new URL(page.url()).searchParams.get('split')).toBe('device')
  expect((await rowsOf(page, 'retention')).map(cells => cells.slice(0, 2))).toEqual([
    ['All', '208'],
    ['Desktop', '200'],
    ['Mobile', '8'],
  ])
  const [all, desktop, mobile] = await Promise.all([
    retentionOf(DAYS),
    retentionOf(DAYS, 'desktop'),
    retentionOf(DAYS, 'mobile'),
  ])
  expect(await cellsOf(page, 1)).toEqual(all?.map(shown))
  expect(await cellsOf(page, 2)).toEqual(desktop?.map(shown))
  expect(await cellsOf(page, 3)).toEqual(mobile?.map(shown))
  expect([desktop?.[0]?.value, mobile?.[0]?.value, mobile?.[0]?.status]).toEqual([0.3, 0.75, 'low_sample'])

  await page.reload()
  await table.waitFor()
  expect(await split.inputValue()).toBe('device')
  await table.getByRole('link', { name: 'Mobile' }).click()
  await page.getByRole('group', { name: 'Daily retention by cohort' }).waitFor()
  await loaded(page)
  expect((await rowsOf(page, 'retention'))[0]?.slice(0, 3)).toEqual(['All cohorts', '8', '~75%'])
  await page.goBack()
  await table.waitFor()
  await split.selectOption('')
  await page.getByRole('group', { name: 'Daily retention by cohort' }).waitFor()
  expect(new URL(page.url()).searchParams.has('split')).toBe(false)
})

test('a small sample does not pale the colors of the others', async () => {
  const page = await open(`${RETENTION}&split=device`)
  const shares = await page
    .locator('#retention tbody tr td:nth-child(3) .heat')
    .evaluateAll(cells => cells.map(cell => (cell as HTMLElement).style.getPropertyValue('--share')))
  expect([shares.length, shares[2]]).toEqual([3, '100%'])
  expect(Math.max(...shares.slice(0, 2).map(share => Number.parseFloat(share)))).toBe(100)
})

test('an address with a split that the menu lacks shows cohorts', async () => {
  const page = await open(`${RETENTION}&split=page`)
  expect(await page.getByRole('combobox', { name: 'Split by' }).inputValue()).toBe('')
  await page.getByRole('group', { name: 'Daily retention by cohort' }).waitFor()
})

test('the curve has a line for all users and for each group, which keys read out', async () => {
  const page = await open(`${RETENTION}&split=device`)
  const panel = page.getByRole('region', { name: 'Retention' })
  expect(await panel.locator('.legend li').allTextContents()).toEqual(['All', 'Desktop', 'Mobile'])
  const chart = panel.getByRole('group', { name: /^Retention curve\./ })
  await chart.focus()
  await page.keyboard.press('Home')
  const announcement = page.locator('#announcement')
  const [all, desktop, mobile] = await Promise.all(
    [undefined, 'desktop', 'mobile'].map(async device => shown((await retentionOf([1], device))[0])),
  )
  const first = [
    'Day 1',
    `All: ${all?.text} (${all?.range})`,
    `Desktop: 30% (${desktop?.range})`,
    `Mobile: ~75% (${mobile?.range})`,
  ]
  expect(await announcement.textContent()).toBe(first.join('. '))
  await page.keyboard.press('End')
  expect(await announcement.textContent()).toMatch(/^Day 14\. All: 0% /)

  await panel.getByText('Show as table').click()
  const rows = panel.getByRole('group', { name: 'Retention curve', exact: true }).getByRole('row')
  await rows.first().waitFor()
  expect(await rows.count()).toBe(1 + DAYS.length)
  expect(await rows.nth(7).getByRole('cell').allTextContents()).toEqual(
    (await Promise.all([undefined, 'desktop', 'mobile'].map(device => retentionOf([7], device)))).map(([value]) =>
      percentOf(value?.value ?? 0),
    ),
  )
})

test('the CSV of a split has a line for each group and day', async () => {
  const page = await open(`${RETENTION}&split=device`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download Retention as CSV' }).click()
  const [head, ...lines] = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n')
  expect(head).toBe(
    'device,users,day,retention_rate,retention_rate_numerator,retention_rate_denominator,retention_rate_low,retention_rate_high,retention_rate_status',
  )
  expect(lines.length).toBe(2 * DAYS.length)
  expect(lines[0]).toMatch(/^Desktop,200,1,0\.3,60,200,/)
})

test('daily, weekly and monthly active users share a chart, and another metric has its own', async () => {
  const page = await open(RETENTION)
  const panel = page.getByRole('region', { name: 'Active users by day' })
  const names = ['Daily active users', 'Weekly active users', 'Monthly active users']
  expect(await panel.locator('.legend li').allTextContents()).toEqual(names)
  expect(await page.locator('#cards [aria-current] .name').allTextContents()).toEqual(names)
  const rows = await asked({ metrics: ['dau', 'wau', 'mau'], granularity: 'day' })
  await panel.getByText('Show as table').click()
  const table = panel.getByRole('group', { name: 'Active users over time', exact: true })
  await table.waitFor()
  const cells = await table
    .locator('tbody tr')
    .evaluateAll(shownRows =>
      shownRows.map(row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent))),
    )
  expect(cells).toEqual(rows.map(({ metrics }) => ['dau', 'wau', 'mau'].map(id => metrics[id]?.value)))
  const chart = panel.getByRole('group', { name: /^Active users over time\./ })
  await chart.focus()
  await page.keyboard.press('End')
  const [, ...values] = ((await page.locator('#announcement').textContent()) ?? '').split('. ')
  expect(values).toEqual(names.map((name, at) => `${name}: ${cells.at(-1)?.[at]}`))

  await page.getByRole('link', { name: /^Stickiness/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Stickiness by day' }).waitFor()
  expect(await page.locator('#cards [aria-current] .name').allTextContents()).toEqual(['Stickiness'])
})

test('active users of more than a month are charted by week, unless the reader chooses days', async () => {
  const page = await open(`/retention?site=${SITE}&period=2026-02-01,2026-04-30`)
  await page.getByRole('heading', { level: 2, name: 'Active users by week' }).waitFor()
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('day')
  await page.getByRole('heading', { level: 2, name: 'Active users by day' }).waitFor()
})

test.each(LOOKS)('a split has no serious accessibility findings in %o', async look => {
  const page = await open(`${RETENTION}&split=device`, look)
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})

test('the card of the first week has a chart of its own, and the lifecycle a line for each state', async () => {
  const page = await open(`/retention?site=${SITE}&period=${PERIOD.from},${PERIOD.to}`)
  await page.getByRole('link', { name: /^Week-1 retention/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Week-1 retention by day' }).waitFor()
  await loaded(page)
  await page.locator('#chart').getByText('Show as table').click()
  await page.locator('#chart tbody tr').first().waitFor()
  const parameters = { retention_rate: { day: 1, unit: 'week' } }
  const days = await asked({ metrics: ['retention_rate'], parameters, granularity: 'day' })
  const shares = days.map(({ metrics }) => metrics.retention_rate?.value ?? null)
  expect(shares.some(share => share !== null && share > 0)).toBe(true)
  expect((await rowsOf(page, 'chart')).map(([, share]) => share)).toEqual(
    shares.map(share => (share === null ? '–' : percentOf(share))),
  )

  const lifecycle = page.getByRole('region', { name: 'User lifecycle' })
  const states = ['New', 'Returning', 'Resurrected', 'Dormant']
  expect(await lifecycle.locator('.legend li').allTextContents()).toEqual(states)
  await lifecycle.getByText('Show as table').click()
  const rows = lifecycle.getByRole('group', { name: 'User lifecycle over time', exact: true }).locator('tbody tr')
  await rows.first().waitFor()
  const weeks = await asked({ metrics: ['lifecycle'], granularity: 'week' })
  expect(
    await rows.evaluateAll(all =>
      all.map(row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent))),
    ),
  ).toEqual(weeks.map(({ metrics }) => states.map(state => metrics.lifecycle?.parts?.[state.toLowerCase()])))
})
