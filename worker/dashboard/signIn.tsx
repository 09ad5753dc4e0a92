import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Child, FC } from 'hono/jsx'
import { isFields } from '../collect/parse/fields'
import type { HonoEnv } from '../env'
import { OWN_PAGE } from '../http/access'
import { callerOf, requireAdminToken } from '../http/auth'
import { readJson } from '../http/body'
import { directoryOf } from '../http/directoryOf'
import { memberOfPasskey, signInOptions } from '../http/passkeys/passkeys'
import { readForm } from '../http/readForm'
import { route } from '../http/route'
import { endSession, startSession } from '../http/signInSession'
import { sitesOf } from '../http/sitesOf'
import { Problem } from '../lib/problem'
import type { Asker } from '../storage/signIns'
import { sites } from './pages/sites'
import { PasskeyButton } from './passkeyButton'
import { render } from './render'
import { secure } from './secure'
import { Document } from './shell'
import { signInTexts } from './texts/signIn'
import { useLanguage, useTexts } from './texts/useTexts'

/** Far more than the answer of a passkey needs. */
const PASSKEY_BYTES = 50_000

/** Far more than a token and an address need. */
const FORM_BYTES = 10_000

const SignIn: FC<{ to: string; wrong?: string }> = ({ to, wrong }) => {
  const texts = useTexts(signInTexts)
  return (
    <Document title={texts.title} script="passkey">
      <main id="main" class="sign-in">
        <h1>Footfall</h1>
        <form method="post" action="/login">
          <input type="hidden" name="to" value={to} />
          <label>
            <span>{texts.token}</span>
            <input
              type="password"
              name="token"
              required
              autofocus
              autocomplete="current-password"
              aria-invalid={wrong ? 'true' : undefined}
              aria-describedby="hint"
            />
          </label>
          <p id="hint" class={wrong ? 'wrong' : 'hint'} role={wrong ? 'alert' : undefined}>
            {wrong ?? texts.hint}
          </p>
          <button type="submit">{texts.submit}</button>
        </form>
        <PasskeyButton act="get" path="/login" to={to} text={texts.passkey} />
      </main>
    </Document>
  )
}

/**
 * A link from another site comes without the cookie, which is SameSite=Strict. This page reloads itself, and that request
 * has the cookie.
 */
const AskAgain: FC = () => (
  <html lang={useLanguage()}>
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="refresh" content="0" />
      <title>Footfall</title>
    </head>
  </html>
)

const html = (c: Context<HonoEnv>, page: Child, status: 200 | 401 | 403 | 503 = 200) => render(c, page, status)

/**
 * The address to go to after sign-in; the front page unless it is on this Worker. The path is parsed again, as a browser
 * will: the path of `/.//host` is `//host`, which is another host.
 */
const safeAddress = (to: string, origin: string): string => {
  const url = URL.parse(to, origin)
  if (url?.origin !== origin) return '/'
  const path = `${url.pathname}${url.search}`
  return URL.parse(path, origin)?.origin === origin ? path : '/'
}

/** The sign-in form, shown at any address without a session. */
export const askToSignIn = (c: Context<HonoEnv>): Response | Promise<Response> => {
  const from = c.req.header('sec-fetch-site')
  if (from === 'cross-site' || from === 'same-site') return html(c, <AskAgain />)
  const { pathname, search } = new URL(c.req.url)
  return html(c, <SignIn to={`${pathname}${search}`} />)
}

const startSessionWith = async (c: Context<HonoEnv>, token: string): Promise<Asker> => {
  const adminToken = requireAdminToken(c)
  const caller = await callerOf(c, token)
  if (caller !== 'admin' && caller.scope !== 'read')
    throw new Problem(
      403,
      'wrong_scope',
      `A key with the scope "${caller.scope}" cannot sign in. Sign in with a read key.`,
    )
  await startSession(c, adminToken, caller)
  return caller
}

/** Readers with several sites who did not ask for a page choose a site first. */
const startPage = async (c: Context<HonoEnv>, caller: Asker, to: string): Promise<string> =>
  to === '/' && (await sitesOf(directoryOf(c), caller)).length > 1 ? sites.path : to

const signInWithPasskey = async (c: Context<HonoEnv>): Promise<Response> => {
  const adminToken = requireAdminToken(c)
  const body = await readJson(c.req.raw, PASSKEY_BYTES)
  const { response = null, to = '/' } = isFields(body) ? body : {}
  const id = await memberOfPasskey(c, response)
  await startSession(c, adminToken, { id })
  return c.json({ to: safeAddress(String(to), new URL(c.req.url).origin) })
}

/** Sign-in and sign-out. The token is sent in a form's body, never in an address. */
export const signInRoutes = [
  route(
    'POST',
    '/login',
    OWN_PAGE,
    async c => {
      const form = await readForm(c.req)
      const to = safeAddress(String(form.get('to') ?? '/'), new URL(c.req.url).origin)
      try {
        const caller = await startSessionWith(c, String(form.get('token') ?? '').trim())
        return c.redirect(await startPage(c, caller, to), 303)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        const status = error.status === 403 || error.status === 503 ? error.status : 401
        return html(c, <SignIn to={to} wrong={error.message} />, status)
      }
    },
    [secure, bodyLimit({ maxSize: FORM_BYTES })],
  ),
  route('POST', '/login/options', OWN_PAGE, async c => c.json(await signInOptions(c))),
  route('POST', '/login/passkey', OWN_PAGE, signInWithPasskey),
  route('POST', '/logout', OWN_PAGE, async c => {
    await endSession(c)
    return c.redirect('/', 303)
  }),
]
