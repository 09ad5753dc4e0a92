import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addSite, loaded, open, openTab, seriousFindings, server } from '../../e2e/dashboardStage'

/** Browsers make no passkeys for an IP address. */
const origin = (): string => server.url.replace('127.0.0.1', 'localhost')

const api = async (method: string, path: string, body?: unknown) =>
  fetch(`${origin()}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const invite = async (sites: readonly string[]): Promise<{ readonly id: string; readonly invite: string }> =>
  (await api('POST', '/people', { name: 'Ada', role: 'viewer', sites })).json()

/** A tab of a browser with an authenticator that has a fingerprint on it. */
const tabWithAuthenticator = async (): Promise<Page> => {
  const page = await openTab({ baseURL: origin() })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return page
}

const register = async (page: Page, link: string): Promise<void> => {
  await page.goto(link)
  await page.click('button:text("Create a passkey")')
  await page.waitForURL(url => !url.pathname.startsWith('/invite/'))
  await loaded(page)
}

test('an invited browser registers a passkey, signs out and in with it, sees its site alone, and is out when removed', async () => {
  await addSite('one.example')
  await addSite('two.example')
  const { id, invite: link } = await invite(['one.example'])
  const page = await tabWithAuthenticator()
  await page.goto(link)
  expect(await seriousFindings(page)).toEqual([])
  await register(page, link)
  await page.click('button:has-text("Sign out")')
  await page.click('button:text("Use a passkey")')
  await page.waitForSelector('nav.pages')
  const sites = await page.$$eval('[data-site]', links => links.map(link => link.getAttribute('data-site')))
  expect(sites).toEqual(['one.example'])
  await page.goto('/settings')
  await loaded(page)
  expect(await page.textContent('main')).toContain('Only owners and editors of this site can change its settings.')
  expect(await (await page.goto('/?site=two.example'))?.status()).toBe(404)
  expect((await api('DELETE', `/people/${id}`)).status).toBe(204)
  await page.goto('/')
  expect(await page.isVisible('[name=token]')).toBe(true)
  await page.click('button:text("Use a passkey")')
  await page.waitForSelector('text=This passkey is not valid here.')
})

test('an invite that was used, and one that does not exist, say so', async () => {
  const { invite: link } = await invite(['localhost'])
  await register(await tabWithAuthenticator(), link)
  const another = await tabWithAuthenticator()
  expect((await another.goto(link))?.status()).toBe(410)
  expect(await another.textContent('main')).toContain('This invite has already been used.')
  expect((await another.goto(`${origin()}/invite/nothing`))?.status()).toBe(404)
  expect(await another.textContent('main')).toContain('This invite is not valid.')
})

test('an owner invites somebody in the settings, changes the role, and removes them', async () => {
  const page = await open('/settings?site=localhost&tab=people')
  const panel = page.locator('#people')
  await panel.getByLabel('Name').fill('Grace')
  await panel.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = (await panel.locator('[data-link] code').textContent()) ?? ''
  expect(link).toMatch(/\/invite\/[0-9a-f]{64}$/)
  const row = panel.locator('tr', { hasText: 'Grace' })
  await row.getByText('Invited until').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const invited = await tabWithAuthenticator()
  await register(invited, link.replace('127.0.0.1', 'localhost'))
  await invited.goto('/settings?tab=people')
  expect(await invited.locator('#people').count()).toBe(0)
  const changeRole = async (role: string): Promise<void> => {
    const answered = page.waitForResponse(answer => answer.request().method() === 'PATCH')
    await row.getByLabel('Role of Grace').selectOption(role)
    await answered
  }
  await changeRole('editor')
  await invited.reload()
  expect(await invited.locator('#settings-tabs').getByText('Reports').count()).toBe(0)
  // Without the tab of the address, the first one is shown.
  await invited.locator('#site').getByRole('button', { name: 'Save' }).click()
  await invited.locator('#site').getByText('Saved.').waitFor()
  await changeRole('owner')
  await page.getByText('Role of Grace changed.').waitFor({ state: 'attached' })
  await invited.reload()
  await invited.locator('#people').getByText('Grace').waitFor()
  expect(
    await invited.locator('[name=sites]').evaluateAll(boxes => boxes.map(box => box.getAttribute('value'))),
  ).toEqual(['localhost'])
  await page.reload()
  await row.getByText('Passkey').waitFor()
  await row.getByRole('button', { name: 'New invite for Grace' }).click()
  expect(await row.locator('code').textContent()).toMatch(/\/invite\/[0-9a-f]{64}$/)
  expect(await seriousFindings(page)).toEqual([])
  await row.getByRole('button', { name: 'Remove Grace' }).click()
  await row.getByRole('button', { name: 'Confirm removal' }).click()
  await row.waitFor({ state: 'detached' })
  await invited.reload()
  expect(await invited.isVisible('[name=token]')).toBe(true)
})
