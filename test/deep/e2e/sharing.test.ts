import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PAGES } from '../../../worker/dashboard/pages'
import { APP, PERIOD, SHOP } from '../../e2e/dashboardPagesStory'
import { loaded, openTab, post, seriousFindings, server, signIn } from '../../e2e/dashboardStage'

const PASSWORD = 'correct horse'
/** What a panel shows when its query was rejected. */
const FAILED = '.panel .state.wrong'

/** Pages of other sites; each shows the address in its query in a frame. */
const hosts: Server[] = []
const newHost = async (): Promise<string> => {
  const host = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><iframe src="${searchParams.get('src')}" width="1200" height="800"></iframe>`)
  })
  hosts.push(host)
  await new Promise<void>(resolve => host.listen(0, '127.0.0.1', resolve))
  // Another site than that of the dashboard, which is 127.0.0.1.
  return `localhost:${(host.address() as AddressInfo).port}`
}

const api = async (method: string, path: string, body?: unknown) =>
  fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const share = async (fields: object): Promise<{ readonly id: string; readonly url: string }> =>
  (await api('POST', '/sites/localhost/shares', { name: 'client', ...fields })).json()

const revoke = (id: string) => api('DELETE', `/sites/localhost/shares/${id}`)

const linksOf = (page: Page | Frame) => page.$$eval('nav.pages a', links => links.map(link => link.textContent))

const shownVisitors = (page: Page | Frame) => page.textContent('#cards [data-metric="visitors"] .value')

beforeAll(async () => {
  const visitors = ['SE', 'SE', 'SE', 'NO', 'NO'].map((country, n) => ({
    name: 'page_view',
    visitor_id: `v${n}`,
    time: new Date(Date.now() - 86_400_000).toISOString(),
    url: 'http://localhost/',
    country,
  }))
  await post(visitors)
  for (const story of [SHOP, APP]) await post(story)
})

afterAll(async () => {
  await Promise.all(hosts.map(host => new Promise(resolve => host.close(resolve))))
})

test('a link shows its pages and no others, and ends at once when it is removed', async () => {
  const { id, url } = await share({ pages: ['overview', 'goals'] })
  const page = await openTab()
  await page.goto(url)
  await loaded(page)
  expect(await linksOf(page)).toEqual(['Overview', 'Goals & events'])
  expect(await page.textContent('.shared-by')).toBe('Shared by Footfall')
  expect(await seriousFindings(page)).toEqual([])
  const outside = await page.$$eval('a[href^="/"]', links =>
    links.map(link => link.getAttribute('href')).filter(href => !href?.startsWith('/share/')),
  )
  expect(outside).toEqual([])
  await page.click('nav.pages a:text("Goals & events")')
  await loaded(page)
  expect(new URL(page.url()).pathname).toBe(`${new URL(url).pathname}/goals`)
  expect((await page.goto(`${url}/cart`))?.status()).toBe(404)
  await page.goto(url)
  await loaded(page)
  expect((await revoke(id)).status).toBe(204)
  await page.selectOption('[name=period]', '7d')
  await page.waitForSelector('text=This link does not exist or was removed')
})

test('each page works when it is the only one that a link shows', async () => {
  const page = await openTab()
  for (const { id } of PAGES.filter(one => one.share)) {
    const { url } = await share({ pages: [id] })
    await page.goto(`${url}?period=${PERIOD.from},${PERIOD.to}`)
    await loaded(page)
    expect([id, await page.$$eval(FAILED, found => found.map(one => one.textContent))]).toEqual([id, []])
  }
})

test('no page asks what a link with filters rejects', async () => {
  const { url } = await share({ filters: [['is', 'country', ['SE']]] })
  const page = await openTab()
  for (const { id } of PAGES.filter(one => one.share && one.share !== 'unfiltered')) {
    await page.goto(`${url}/${id}`)
    await loaded(page)
    // Some metrics take no filter on a country, whoever asks.
    const failed = await page.$$eval(FAILED, found => found.map(one => one.textContent ?? ''))
    expect([id, failed.filter(text => text.startsWith('This link'))]).toEqual([id, []])
    expect(await page.isVisible('#build')).toBe(false)
  }
})

test('no address removes or widens the filters of a link', async () => {
  const { url } = await share({ filters: [['is', 'country', ['SE']]] })
  const page = await openTab()
  await page.goto(url)
  await loaded(page)
  expect(await shownVisitors(page)).toBe('3')
  expect(await page.textContent('.shared-by')).toBe('Shows only part of the traffic. Shared by Footfall')
  for (const search of ['?is.country=SE&is.country=NO', '?site=other.example', '?segment=&filters=[]']) {
    await page.goto(`${url}${search}`)
    await loaded(page)
    expect([search, await shownVisitors(page)]).toEqual([search, '3'])
  }
})

test('a link with a password asks for it, on the same page again when it is reloaded without its cookie', async () => {
  const { url } = await share({ pages: ['overview', 'speed'], password: PASSWORD })
  const page = await openTab()
  await page.goto(url)
  expect(await seriousFindings(page)).toEqual([])
  await page.fill('[name=password]', 'correct house')
  await page.click('button:text("View dashboard")')
  await page.waitForSelector('text=Wrong password. Try again.')
  await page.fill('[name=password]', PASSWORD)
  await page.click('button:text("View dashboard")')
  await page.waitForSelector('nav.pages')
  await loaded(page)
  await page.click('nav.pages a:text("Speed")')
  await page.waitForSelector('#vitals')
  await loaded(page)
  await page.reload()
  await page.waitForSelector('#vitals')
  await page.context().clearCookies()
  await page.reload()
  await page.waitForSelector('[name=password]')
})

test('the host that a link names shows it in a frame, without cookies and storage, and no other host does', async () => {
  const [client, stranger] = [await newHost(), await newHost()]
  const { url } = await share({ pages: ['overview', 'goals'], password: PASSWORD, embed_hosts: [client] })
  const page = await openTab()
  await page.addInitScript(() => {
    if (window === window.top) return
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError')
        },
      })
  })
  await page.goto(`http://${client}/?src=${encodeURIComponent(`${url}?embed=1`)}`)
  const frame = page.frames()[1] as Frame
  await frame.fill('[name=password]', PASSWORD)
  await frame.click('button:text("View dashboard")')
  await frame.waitForSelector('#cards [data-metric="visitors"] .value')
  expect(await frame.$('nav, header.top')).toBeNull()
  // Links to other pages take the session along.
  await frame.evaluate(() => {
    const link = document.createElement('a')
    link.href = '/goals'
    link.textContent = 'To the goals'
    document.querySelector('main')?.appendChild(link)
  })
  await frame.click('text=To the goals')
  await frame.waitForSelector('#goal-list')
  expect(frame.url()).toContain('/goals?embed=1')
  expect(await page.context().cookies()).toEqual([])

  // A tab whose complaint about the frame is expected.
  const refused = await page.context().newPage()
  const blocked = refused.waitForEvent('requestfailed')
  await refused.goto(`http://${stranger}/?src=${encodeURIComponent(`${url}?embed=1`)}`)
  expect((await blocked).failure()?.errorText).toBe('net::ERR_BLOCKED_BY_RESPONSE')
})

test('an owner makes a link in the settings, and removes it', async () => {
  const page = await openTab()
  await signIn(page)
  await page.goto('/settings?tab=people')
  await loaded(page)
  await page.fill('#sharing [name=name]', 'Client')
  await page.fill('#sharing [name=embed_hosts]', 'client.example, www.client.example')
  await page.uncheck('#sharing [value=now]')
  await page.click('#sharing button:text("Create link")')
  const row = page.locator('#sharing tr', { hasText: 'client.example, www.client.example' })
  await row.waitFor()
  expect(await row.textContent()).not.toContain('Realtime')
  const url = await page.textContent('#sharing [data-link] code')
  expect((await fetch(url ?? '')).status).toBe(200)
  expect(await seriousFindings(page)).toEqual([])
  await row.locator('button:text("Remove")').click()
  await row.locator('button:text("Confirm removal")').click()
  await row.waitFor({ state: 'detached' })
  expect((await fetch(url ?? '')).status).toBe(404)
})
