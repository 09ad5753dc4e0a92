import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import { type Fields, text } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { Problem } from '../../lib/problem'
import { digestOfEmail, type ListedMember } from '../../storage/members'
import { type MemberSites, ROLES, type Role, type TeamMember } from '../../storage/teamMember'
import { ANY_OWNER } from '../access'
import { askerOf } from '../askerOf'
import { unknownSite } from '../auth'
import { bodyOf } from '../bodyOf'
import { directoryOf } from '../directoryOf'
import { governs } from '../rights'
import { route } from '../route'

const NAME = 200
const EMAIL = 254

const nameIn = (body: Fields): string | undefined => {
  if (body.name === undefined) return undefined
  const name = text(body, 'name', NAME)?.trim()
  if (!name) throw new Problem(400, 'missing_name', 'A person needs a "name".')
  return name
}

const roleIn = (body: Fields): Role | undefined => {
  if (body.role === undefined) return undefined
  const role = ROLES.find(one => one === body.role)
  if (!role) throw new Problem(400, 'bad_role', '"role" must be "owner", "editor" or "viewer".')
  return role
}

const BAD_SITES = new Problem(400, 'bad_sites', '"sites" must be "*" or a list of 1 to 100 domains.')

/** @throws Problem `wrong_site` */
const requireGoverned = (c: Context<HonoEnv>, sites: MemberSites): void => {
  if (governs(askerOf(c), sites)) return
  throw new Problem(403, 'wrong_site', 'You can only manage people whose sites are all yours.')
}

const isSites = (sites: unknown): sites is MemberSites =>
  sites === '*' ||
  (Array.isArray(sites) &&
    sites.length > 0 &&
    sites.length <= LIMITS.entriesPerSetting &&
    sites.every(domain => typeof domain === 'string'))

/**
 * The sites that the caller gives somebody. Whether a site exists is for its owners alone to know.
 * @throws Problem `bad_sites`, `wrong_site`, `unknown_site`
 */
const sitesIn = async (c: Context<HonoEnv>, { sites }: Fields): Promise<MemberSites | undefined> => {
  if (sites === undefined) return undefined
  if (!isSites(sites)) throw BAD_SITES
  requireGoverned(c, sites)
  if (sites === '*') return sites
  const known = new Set((await directoryOf(c).list()).map(({ config }) => config.domain))
  const unknown = sites.find(domain => !known.has(domain))
  if (unknown !== undefined) throw unknownSite(unknown)
  return [...new Set(sites)].toSorted()
}

/** The digest of the address; `null` removes it. */
const emailIn = async (body: Fields): Promise<string | null | undefined> => {
  if (body.email === undefined || body.email === null) return body.email
  const email = text(body, 'email', EMAIL)?.trim() ?? ''
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    throw new Problem(400, 'bad_email', '"email" must be an email address like ann@shop.example.')
  return digestOfEmail(email)
}

const EMAIL_EXISTS = new Problem(409, 'email_exists', 'Another person has this "email".')

/** An address belongs to one person. */
const requireFreeEmail = (members: readonly ListedMember[], email: string | null, id?: string): void => {
  if (email === null || members.every(member => member.email !== email || member.id === id)) return
  throw EMAIL_EXISTS
}

/** Somebody else may have given the address to another person since `requireFreeEmail` looked. */
const orEmailExists = async <Result>(written: Promise<Result>): Promise<Result> => {
  try {
    return await written
  } catch (error) {
    throw /UNIQUE constraint failed: members\.email/.test(String(error)) ? EMAIL_EXISTS : error
  }
}

/** A member whom the caller may manage. To everybody else the member does not exist. */
const memberIn = (c: Context<HonoEnv>, members: readonly ListedMember[]): ListedMember => {
  const found = members.find(({ id, sites }) => id === c.req.param('id') && governs(askerOf(c), sites))
  if (!found) throw new Problem(404, 'unknown_person', 'There is no person with this id.')
  return found
}

const timeText = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

const shown = ({ id, name, role, sites }: TeamMember) => ({ id, name, role, sites })

const listed = ({ email, created, passkeys, invited, ...member }: ListedMember) => ({
  ...shown(member),
  email: email !== null,
  created: timeText(created),
  passkeys,
  invited: timeText(invited),
})

const linkOf = (c: Context<HonoEnv>, token: string): string => `${new URL(c.req.url).origin}/invite/${token}`

const PATH = '/api/v1/people'
const NO_STORE = { 'cache-control': 'no-store' }

/** The people who may sign in. */
export const membersRoutes = [
  route('GET', PATH, ANY_OWNER, async c => {
    const members = await directoryOf(c).listMembers()
    return c.json({ people: members.filter(({ sites }) => governs(askerOf(c), sites)).map(listed) })
  }),
  route('POST', PATH, ANY_OWNER, async c => {
    const body = await bodyOf(c)
    const [name, role, sites] = [nameIn(body), roleIn(body), await sitesIn(c, body)]
    if (name === undefined) throw new Problem(400, 'missing_name', 'A person needs a "name".')
    if (role === undefined) throw new Problem(400, 'bad_role', '"role" must be "owner", "editor" or "viewer".')
    if (sites === undefined) throw BAD_SITES
    const email = (await emailIn(body)) ?? null
    requireFreeEmail(await directoryOf(c).listMembers(), email)
    const { id, token } = await orEmailExists(directoryOf(c).addMember({ name, role, sites, email }))
    return c.json({ ...shown({ id, name, role, sites }), invite: linkOf(c, token) }, 201, NO_STORE)
  }),
  route('POST', `${PATH}/:id/invite`, ANY_OWNER, async c => {
    const { id } = memberIn(c, await directoryOf(c).listMembers())
    return c.json({ invite: linkOf(c, await directoryOf(c).inviteMember(id)) }, 201, NO_STORE)
  }),
  route('PATCH', `${PATH}/:id`, ANY_OWNER, async c => {
    const body = await bodyOf(c)
    const members = await directoryOf(c).listMembers()
    const before = memberIn(c, members)
    const [name, role, sites, email] = [nameIn(body), roleIn(body), await sitesIn(c, body), await emailIn(body)]
    requireFreeEmail(members, email ?? null, before.id)
    const changes = { ...(name && { name }), ...(role && { role }), ...(sites && { sites }) }
    await orEmailExists(directoryOf(c).updateMember(before.id, { ...changes, ...(email !== undefined && { email }) }))
    return c.json(shown({ ...before, ...changes }))
  }),
  route('DELETE', `${PATH}/:id`, ANY_OWNER, async c => {
    const { id } = memberIn(c, await directoryOf(c).listMembers())
    await directoryOf(c).removeMember(id)
    return c.body(null, 204)
  }),
]
