import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addSite, loaded, openTab, seriousFindings, server } from '../../e2e/dashboardStage'

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
  await page.click('button:text("Sign in with a passkey")')
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
  await page.click('button:text("Sign in with a passkey")')
  await page.waitForSelector('text=This passkey is not valid here.')
})

test('an invite that was used, and one that does not exist, say so', async () => {
  const { invite: link } = await invite(['localhost'])
  await register(await tabWithAuthenticator(), link)
  const another = await tabWithAuthenticator()
  expect((await another.goto(link))?.status()).toBe(410)
  expect(await another.textContent('main')).toContain('This invite was used already.')
  expect((await another.goto(`${origin()}/invite/nothing`))?.status()).toBe(404)
  expect(await another.textContent('main')).toContain('This invite is not valid.')
})
