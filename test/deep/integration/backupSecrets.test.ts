import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { sha256Hex } from '../../../worker/lib/hash'
import { backup } from '../../integration/backups'
import { browser, send } from '../../integration/beacons'
import { invite } from '../../integration/memberCookie'
import { createSite, migrate, settle } from '../../integration/setup'

beforeAll(migrate)

/** A column of every row of a table. */
const all = async (sql: string): Promise<string[]> => {
  const { results } = await env.DB.prepare(sql).all<{ value: string }>()
  return results.map(({ value }) => value)
}

test('a backup contains the secret of the site, and no token, key, person, sign-in, secret of a webhook or salt', async () => {
  const secret = 'whsec_of_this_test'
  const site = await createSite({ settings: { webhook_secrets: { stripe: secret } } })
  const keys = [site.read, site.write]
  const signedIn = await exports.default.fetch('https://stats.example/login', {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: 'https://stats.example' },
    body: new URLSearchParams({ token: env.ADMIN_TOKEN }),
  })
  const [, cookie = ''] = /=([0-9a-f]{64});/.exec(signedIn.headers.get('set-cookie') ?? '') ?? []
  const person = await invite('viewer', [site.domain], { name: 'Somebody Else', email: 'else@shop.example' })
  await send(site, browser(1), { i: 1, t: Date.now(), u: `https://${site.domain}/` })
  await settle()
  const text = (await backup(site)).join('')
  const salts = await all('select salt as value from salts')
  const digests = [
    ...(await all('select digest as value from keys')),
    ...(await all('select digest as value from sign_ins')),
    ...(await all('select digest as value from invites')),
    ...(await all('select email as value from members')),
  ]
  expect([salts.length > 0, digests.length >= 5, cookie.length]).toEqual([true, true, 64])
  const kept = await all(`select secret as value from sites where domain = '${site.domain}'`)
  expect(kept.filter(secret => text.includes(secret))).toEqual(kept)
  const secrets = [
    secret,
    env.ADMIN_TOKEN,
    await sha256Hex(env.ADMIN_TOKEN),
    cookie,
    ...keys,
    ...salts,
    ...digests,
    person.id,
    'Somebody Else',
  ]
  expect(secrets.filter(secret => text.includes(secret))).toEqual([])
})
