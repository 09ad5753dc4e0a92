import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import type { Child, FC } from 'hono/jsx'
import { LIMITS } from '../../shared/limits'
import type { HonoEnv } from '../env'
import { ANYONE } from '../http/access'
import { siteWithDomain } from '../http/auth'
import { directoryOf } from '../http/directoryOf'
import { OF_ADDRESS, pageShareOf } from '../http/pageShareOf'
import { pathsOf } from '../http/pathsOf'
import { requireFewPasswords } from '../http/rateLimit'
import { readForm } from '../http/readForm'
import { route } from '../http/route'
import { textOfShareKey } from '../http/shareKey'
import { isShareOpen, newShareSession, SHARE_SESSION } from '../http/shareSession'
import { cookieAttributes } from '../http/signInSession'
import { isPassword } from '../lib/hashPassword'
import { Problem } from '../lib/problem'
import type { PageShare } from '../storage/pageShares'
import { viewOf } from './address'
import type { Page } from './page'
import { render } from './render'
import { NOBODY, securedFor } from './secure'
import { pagesOfShare } from './shareablePages'
import { Document, Shell } from './shell'
import { shareTexts } from './texts/share'
import { useTexts } from './texts/useTexts'

const COOKIE = 'footfall_share'
/** Far more than a password needs. */
const FORM_BYTES = 10_000
/** A search engine that finds the address must not show it. */
const HEADERS = { 'x-robots-tag': 'noindex' }

/** Nobody who opened shared pages may do more than see them. */
const NO_RIGHTS = { edit: false, own: false, add: false }

/** What an address names. */
interface Opened {
  readonly share: PageShare
  readonly token: string
  /** The path of the share. */
  readonly path: string
  /** The pages that it shows, with their paths in it. */
  readonly pages: readonly Page[]
  readonly page: Page
  readonly isEmbedded: boolean
}

/** @throws Problem `unknown_share`, `expired_share`, `unknown_page` */
const open = async (c: Context<HonoEnv>): Promise<Opened> => {
  const token = c.req.param('token') ?? ''
  const share = await pageShareOf(c, token, OF_ADDRESS)
  const path = `/share/${token}`
  const pages = pagesOfShare(share).map(page => ({ ...page, path: `${path}/${page.id}` }))
  const asked = c.req.param('page')
  const page = asked === undefined ? pages[0] : pages.find(({ id }) => id === asked)
  if (!page) throw new Problem(404, 'unknown_page', 'This link does not include this page.')
  return { share, token, path, pages, page, isEmbedded: c.req.query('embed') === '1' }
}

const Message: FC<{ message: string }> = ({ message }) => (
  <Document title={useTexts(shareTexts).title}>
    <main id="main" class="sign-in">
      <h1>Footfall</h1>
      <p class="wrong" role="alert">
        {message}
      </p>
    </main>
  </Document>
)

const PasswordForm: FC<{ action: string; wrong?: string | undefined; isEmbedded: boolean }> = props => {
  const texts = useTexts(shareTexts)
  return (
    <Document title={texts.title}>
      <main id="main" class="sign-in">
        <h1>Footfall</h1>
        <form method="post" action={props.action}>
          <label>
            <span>{texts.password}</span>
            <input
              type="password"
              name="password"
              required
              autofocus={!props.isEmbedded}
              autocomplete="current-password"
              aria-invalid={props.wrong ? 'true' : undefined}
              aria-describedby="hint"
            />
          </label>
          <p id="hint" class={props.wrong ? 'wrong' : 'hint'} role={props.wrong ? 'alert' : undefined}>
            {props.wrong ?? texts.hint}
          </p>
          <button type="submit">{texts.submit}</button>
        </form>
      </main>
    </Document>
  )
}

const html = (c: Context<HonoEnv>, page: Child, status: 200 | 401 | 404 | 410 | 429 = 200) =>
  render(c, page, status, HEADERS)

const askForPassword = (c: Context<HonoEnv>, { isEmbedded }: Opened, wrong?: Problem) => {
  const { pathname, search } = new URL(c.req.url)
  const form = <PasswordForm action={`${pathname}${search}`} wrong={wrong?.message} isEmbedded={isEmbedded} />
  return html(c, form, wrong ? (wrong.status === 429 ? 429 : 401) : 200)
}

/** @param session shows that the password was entered; empty for a share without one */
const showPage = async (c: Context<HonoEnv>, opened: Opened, session: string): Promise<Response> => {
  const { share, token, path, pages, page, isEmbedded } = opened
  const { config } = await siteWithDomain(c, share.domain)
  const { searchParams, origin } = new URL(c.req.url)
  const shared = {
    key: textOfShareKey({ token, session }),
    path,
    isEmbedded,
    isFiltered: share.filters.length > 0,
    isLocked: share.password !== null,
  }
  const view = { ...viewOf(searchParams), site: config.domain }
  const props = { page, pages, view, shared, origin, site: config, sites: [], rights: NO_RIGHTS }
  return html(c, <Shell {...props} paths={pathsOf(c.env).paths} />)
}

const show = async (c: Context<HonoEnv>, opened: Opened): Promise<Response> => {
  const { share, token } = opened
  const session = share.password === null ? '' : (getCookie(c, COOKIE) ?? '')
  return (await isShareOpen(share, token, session, Date.now()))
    ? showPage(c, opened, session)
    : askForPassword(c, opened)
}

const WRONG = new Problem(401, 'wrong_password', 'Wrong password. Try again.')

/** @throws Problem `wrong_password`, `rate_limited` */
const requirePassword = async (c: Context<HonoEnv>, { share, token }: Opened, password: string): Promise<void> => {
  requireFewPasswords(c)
  const now = Date.now()
  if (!(await directoryOf(c).countTry(share, LIMITS.wrongPasswordsPerMinute, now))) {
    c.header('retry-after', '60')
    throw new Problem(429, 'rate_limited', 'Too many wrong passwords for this link. Try again in a minute.')
  }
  if (share.password !== null && !(await isPassword(password, share.password, token))) throw WRONG
  await directoryOf(c).forgiveTry(share, now)
}

/** The session of somebody who enters the password, or who entered it on another page of the share. */
const sessionIn = async (c: Context<HonoEnv>, opened: Opened): Promise<string> => {
  const { share, token } = opened
  const form = await readForm(c.req)
  const given = String(form.get('session') ?? '')
  if (await isShareOpen(share, token, given, Date.now())) return given
  await requirePassword(c, opened, String(form.get('password') ?? ''))
  return newShareSession(share, token, Date.now())
}

/**
 * Browsers store no cookie for a page in a frame of another site: there the client sends the session along when it opens
 * another page.
 */
const enter = async (c: Context<HonoEnv>, opened: Opened): Promise<Response> => {
  const { share, path } = opened
  if (share.password === null) return show(c, opened)
  try {
    const session = await sessionIn(c, opened)
    setCookie(c, COOKIE, session, { ...cookieAttributes(c), sameSite: 'Lax', path, maxAge: SHARE_SESSION / 1000 })
    return showPage(c, opened, session)
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 429))
      return askForPassword(c, opened, error)
    throw error
  }
}

/** Hosts that may show a page in a frame: those of the share, if the address says that it is one. */
const ancestorsOf = (opened: Opened | Problem): readonly string[] =>
  opened instanceof Problem || !opened.isEmbedded || opened.share.embed_hosts.length === 0
    ? [NOBODY]
    : opened.share.embed_hosts

const openOrProblem = async (c: Context<HonoEnv>): Promise<Opened | Problem> => {
  try {
    return await open(c)
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 410)) return error
    throw error
  }
}

/** The address is a secret, so no other site may learn it as a referrer. */
const answering = (answer: typeof show) => async (c: Context<HonoEnv>) => {
  const opened = await openOrProblem(c)
  const secure = securedFor({ frameAncestors: ancestorsOf(opened), referrerPolicy: 'no-referrer' })
  await secure(c, async () => {
    c.res =
      opened instanceof Problem
        ? await html(c, <Message message={opened.message} />, opened.status === 410 ? 410 : 404)
        : await answer(c, opened)
  })
  return c.res
}

const limit = bodyLimit({ maxSize: FORM_BYTES })

/** Pages of the dashboard for whoever knows the address of a share. */
export const shareRoutes = ['/share/:token', '/share/:token/:page'].flatMap(path => [
  route('GET', path, ANYONE, answering(show)),
  route('POST', path, ANYONE, answering(enter), [limit]),
])
