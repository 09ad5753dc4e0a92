import { env, exports } from 'cloudflare:workers'
import { randomHex, sha256Hex } from '../../worker/lib/hash'
import { d1 } from '../../worker/storage/d1'
import { addSignIn } from '../../worker/storage/signIns'
import type { MemberSites, Role } from '../../worker/storage/teamMember'

/** Invites somebody by the API. */
export const invite = async (role: Role, sites: MemberSites, more: object = {}) => {
  const response = await exports.default.fetch('https://stats.example/api/v1/people', {
    method: 'POST',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: role, role, sites, ...more }),
  })
  if (response.status !== 201) throw new Error(`POST /api/v1/people answered ${await response.text()}`)
  return response.json<{ readonly id: string; readonly invite: string }>()
}

/** The cookie of a member who signed in. The passkey itself is tested with a browser's. */
export const cookieOfMember = async (id: string): Promise<string> => {
  const token = randomHex(32)
  await addSignIn(d1(env.DB), await sha256Hex(`${token}\n${env.ADMIN_TOKEN}`), { id }, Date.now() + 86_400_000)
  return `footfall_session=${token}`
}

/** The cookie of a new member. */
export const memberCookie = async (role: Role, sites: MemberSites): Promise<string> =>
  cookieOfMember((await invite(role, sites)).id)
