import type { Context } from 'hono'
import type { Child, FC } from 'hono/jsx'
import { isFields } from '../collect/parse/fields'
import type { HonoEnv } from '../env'
import { ANYONE, OWN_PAGE } from '../http/access'
import { requireAdminToken } from '../http/auth'
import { readJson } from '../http/body'
import { directoryOf } from '../http/directoryOf'
import { registeredPasskey, registrationOptions } from '../http/passkeys/passkeys'
import { route } from '../http/route'
import { startSession } from '../http/signInSession'
import { Problem } from '../lib/problem'
import type { Invite } from '../storage/passkeys'
import { PasskeyButton } from './passkeyButton'
import { render } from './render'
import { secure } from './secure'
import { Document } from './shell'
import { partsOf } from './texts/fill'
import { inviteTexts } from './texts/invite'
import { useTexts } from './texts/useTexts'

const BYTES = 50_000
const USED = new Problem(
  410,
  'used_invite',
  'This invite has already been used. Sign in, or ask an owner for a new one.',
)

/**
 * The invite of an address, if it can be used.
 * @throws Problem `unknown_invite`, `used_invite`, `expired_invite`
 */
const inviteIn = async (c: Context<HonoEnv>): Promise<Invite> => {
  const invite = await directoryOf(c).findInvite(c.req.param('token') ?? '')
  if (!invite) throw new Problem(404, 'unknown_invite', 'This invite is not valid. Ask an owner for a new one.')
  if (invite.used !== null) throw USED
  if (invite.expires > Date.now()) return invite
  throw new Problem(410, 'expired_invite', 'This invite has expired. Ask an owner for a new one.')
}

const Welcome: FC<{ invite: Invite; path: string }> = ({ invite, path }) => {
  const texts = useTexts(inviteTexts)
  return (
    <Document title={texts.title} script="passkey">
      <main id="main" class="sign-in">
        <h1>Footfall</h1>
        <p>{partsOf(texts.welcome, { name: <bdi>{invite.name}</bdi> })}</p>
        <PasskeyButton act="create" path={path} to="/" text={texts.create} />
      </main>
    </Document>
  )
}

const Unusable: FC<{ message: string }> = ({ message }) => {
  const texts = useTexts(inviteTexts)
  return (
    <Document title={texts.title}>
      <main id="main" class="sign-in">
        <h1>Footfall</h1>
        <p class="wrong" role="alert">
          {message}
        </p>
        <p>
          <a href="/">{texts.signIn}</a>
        </p>
      </main>
    </Document>
  )
}

const html = (c: Context<HonoEnv>, page: Child, status: 200 | 404 | 410) => render(c, page, status)

const show = async (c: Context<HonoEnv>): Promise<Response> => {
  try {
    return html(c, <Welcome invite={await inviteIn(c)} path={new URL(c.req.url).pathname} />, 200)
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 404 && error.status !== 410)) throw error
    return html(c, <Unusable message={error.message} />, error.status)
  }
}

const register = async (c: Context<HonoEnv>): Promise<Response> => {
  const adminToken = requireAdminToken(c)
  await inviteIn(c)
  const body = await readJson(c.req.raw, BYTES)
  const passkey = await registeredPasskey(c, isFields(body) ? body.response : null)
  if (await directoryOf(c).findPasskey(passkey.id))
    throw new Problem(409, 'passkey_exists', 'This passkey is already registered. Create another one.')
  const id = await directoryOf(c).addInvitedPasskey(c.req.param('token') ?? '', passkey)
  if (id === null) throw USED
  await startSession(c, adminToken, { id })
  return c.json({ to: '/' })
}

/** Invite links: whoever opens one registers a passkey, once, and is signed in. */
export const inviteRoutes = [
  route('GET', '/invite/:token', ANYONE, show, [secure]),
  route('POST', '/invite/:token/options', OWN_PAGE, async c => c.json(await registrationOptions(c, await inviteIn(c)))),
  route('POST', '/invite/:token/passkey', OWN_PAGE, register),
]
