import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { APP, PERIOD, SHOP } from '../../e2e/dashboardPagesStory'
import { addSite, loaded, open, post, server } from '../../e2e/dashboardStage'

const VIEW = `period=${PERIOD.from},${PERIOD.to}`

const changeSettings = async (domain: string, settings: object) => {
  const response = await fetch(`${server.url}/api/v1/sites/${domain}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ settings }),
  })
  expect(response.status).toBe(200)
}

beforeAll(async () => {
  for (const domain of ['shop.example', 'app.example']) await addSite(domain)
  await changeSettings('app.example', { value_event: { event: 'project_created' } })
  await post(SHOP, 'shop.example')
  await post(APP, 'app.example')
})

/** The text of each row's cell in a column, from 0. */
const columnOf = (table: Locator, column: number) =>
  table
    .getByRole('row')
    .evaluateAll(
      (rows, at) => rows.slice(1).map(row => row.children[at]?.firstChild?.textContent?.trim() ?? ''),
      column,
    )

const sortBy = async (page: Page, table: Locator, column: string) => {
  await table
    .getByRole('columnheader', { name: new RegExp(`^${column}\\b`) })
    .getByRole('link')
    .click()
  await loaded(page)
}

test('retention, features and page speed are sorted by each column, and totals stay at the top', async () => {
  const page = await open(`/users?site=app.example&${VIEW}&unit=day`)
  const cohorts = page.getByRole('group', { name: 'Daily retention by cohort' })
  expect(await columnOf(cohorts, 1)).toEqual(['6', '3', '2', '1'])
  await sortBy(page, cohorts, 'Users')
  await sortBy(page, cohorts, 'Users')
  expect(await columnOf(cohorts, 1)).toEqual(['6', '1', '2', '3'])
  expect(page.url()).toContain('cohorts_sort=users.asc')
  await sortBy(page, cohorts, 'Day 7')
  const head = cohorts.getByRole('columnheader', { name: /^Day 7/ })
  expect(await head.getAttribute('aria-sort')).toBe('descending')
  expect((await columnOf(cohorts, 0))[0]).toBe('All cohorts')

  const features = page.getByRole('group', { name: 'Adoption by feature' })
  expect(await columnOf(features, 0)).toEqual(['Export', 'Share'])
  await sortBy(page, features, 'Feature')
  await sortBy(page, features, 'Feature')
  expect(await columnOf(features, 0)).toEqual(['Share', 'Export'])

  await page.goto(`/speed?site=shop.example&${VIEW}&speed_by=device`)
  await loaded(page)
  const speed = page.getByRole('group', { name: 'Core Web Vitals' })
  expect(await columnOf(speed, 0)).toEqual(['All', 'Desktop'])
})
