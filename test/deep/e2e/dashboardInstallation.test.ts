import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PLATFORMS, type Platform } from '../../../shared/platforms'
import { scriptTag } from '../../../shared/scriptTag'
import { addSite, loaded, open, openTab, seriousFindings, server, signIn } from '../../e2e/dashboardStage'

const steps = (page: Page) =>
  page.getByRole('region', { name: 'Install the script' }).getByRole('listitem').allTextContents()

const copied = (page: Page, { code }: Platform) => page.getByRole('textbox', { name: code?.name ?? 'Script tag' })

test('each platform has its own steps and code to copy', async () => {
  const page = await open('/tag?site=localhost')
  for (const platform of PLATFORMS as readonly Platform[]) {
    await page.getByRole('combobox', { name: 'Platform' }).selectOption(platform.name)
    expect(await steps(page)).toEqual(platform.steps)
    const src = `${server.url}/s.js`
    const code = platform.code?.of(src, 'localhost') ?? scriptTag(src, 'localhost')
    expect(await copied(page, platform).inputValue()).toBe(code)
    if (platform.guide) await page.getByText(`docs/integrations/${platform.guide}.md`).waitFor()
  }
  expect(await seriousFindings(page)).toEqual([])
})

test('Detect selects the platform of the front page, or says why it cannot', async () => {
  const page = await open('/tag?site=localhost')
  await page.getByRole('button', { name: 'Detect' }).click()
  const status = page.getByRole('status')
  await status.getByText('"localhost" is not a public host. Choose your platform from the list.').waitFor()
  // A test has no public site to read.
  await page.route('**/platform', route => route.fulfill({ json: { platform: 'ghost' } }))
  await page.getByRole('button', { name: 'Detect' }).click()
  await status.getByText('Detected: Ghost.').waitFor()
  expect(await page.getByRole('combobox', { name: 'Platform' }).inputValue()).toBe('ghost')
  expect(await steps(page)).toEqual(PLATFORMS.find(({ id }) => id === 'ghost')?.steps)
})

test('a read key sees the steps but cannot detect the platform', async () => {
  const key = await addSite('keyed.example', 'read')
  const page = await openTab()
  await signIn(page, key)
  await page.goto('/tag')
  await loaded(page)
  expect(await steps(page)).toEqual(PLATFORMS[0].steps)
  expect(await page.getByRole('button', { name: 'Detect' }).count()).toBe(0)
})
