import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { FC } from 'hono/jsx'
import type { HonoEnv } from '../env'
import { OWN_PAGE } from '../http/access'
import { type Caller, callerOf, requireAdminToken } from '../http/auth'
import { directoryOf } from '../http/directoryOf'
import { route } from '../http/route'
import { endSession, startSession } from '../http/signInSession'
import { Problem } from '../lib/problem'
import { sites } from './pages/sites'
import { secure } from './secure'
import { Document } from './shell'

/** Far more than a token and an address need. */
const FORM_BYTES = 10_000

const SignIn: FC<{ to: string; wrong?: string }> = ({ to, wrong }) => (
  <Document title="Sign in">
    <main id="main" class="sign-in">
      <h1>Footfall</h1>
      <form method="post" action="/login">
        <input type="hidden" name="to" value={to} />
        <label>
          <span>Admin token or access key</span>
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
          {wrong ??
            'A local server prints its admin token when it first starts. A deployed one has it in the ADMIN_TOKEN secret.'}
        </p>
        <button type="submit">Sign in</button>
      </form>
    </main>
  </Document>
)

/**
 * A link from another site comes without the cookie, which is SameSite=Strict. This page reloads itself, and that request
 * has the cookie.
 */
const AskAgain: FC = () => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="refresh" content="0" />
      <title>Footfall</title>
    </head>
  </html>
)

const html = (c: Context<HonoEnv>, page: ReturnType<FC>, status: 200 | 401 | 403 | 503 = 200) =>
  c.html(`<!doctype html>${page}`, status, { 'cache-control': 'no-store' })

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

const startSessionWith = async (c: Context<HonoEnv>, token: string): Promise<Caller> => {
  const adminToken = requireAdminToken(c)
  const caller: Caller = await callerOf(c, token)
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
const startPage = async (c: Context<HonoEnv>, caller: Caller, to: string): Promise<string> =>
  to === '/' && caller === 'admin' && (await directoryOf(c).list()).length > 1 ? sites.path : to

/** Sign-in and sign-out. The token is sent in a form's body, never in an address. */
export const signInRoutes = [
  route(
    'POST',
    '/login',
    OWN_PAGE,
    async c => {
      const form = await c.req.formData()
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
  route('POST', '/logout', OWN_PAGE, async c => {
    await endSession(c)
    return c.redirect('/', 303)
  }),
]
