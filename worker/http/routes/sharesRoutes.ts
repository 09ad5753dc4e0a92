import type { Context } from 'hono'
import type { Question } from '../../../shared/question'
import { type Fields, isFields, text } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { Problem } from '../../lib/problem'
import { csvOfAnswer } from '../../query/finish/csv'
import { parseQuery } from '../../query/parse/parseQuery'
import type { ListedShare, SharedQuery } from '../../storage/shares'
import type { SiteConfig } from '../../storage/siteConfig'
import { ANYONE, OWNER_OF_SITE } from '../access'
import { answer } from '../answer'
import { bodyOf } from '../bodyOf'
import { directoryOf } from '../directoryOf'
import { expiryOf } from '../expiryOf'
import { pageShareIn } from '../pageShareIn'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { wantedColumns } from '../wantedColumns'

const PATH = '/api/v1/sites/:domain/shares'

const OF_QUERY = ['name', 'query', 'expires']
const OF_PAGES = ['name', 'pages', 'filters', 'password', 'expires', 'embed_hosts']

/** A link without the password that was asked for would be open to whoever knows it. */
const rejectUnknownFields = (body: Fields, known: readonly string[]): void => {
  const unknown = Object.keys(body).find(field => !known.includes(field))
  if (unknown === undefined) return
  const what = known === OF_QUERY ? 'A share with a "query"' : 'A share of pages'
  throw new Problem(400, 'unknown_field', `${what} has no "${unknown.slice(0, 60)}". Use only ${known.join(', ')}.`)
}

/** A valid query of the site, without its name. */
const queryIn = ({ query }: Fields, { domain, settings }: SiteConfig): SharedQuery => {
  if (!isFields(query))
    throw new Problem(400, 'bad_query', '"query" must be a query as for POST /api/v1/query, without "site".')
  const { site = domain, ...own } = query
  if (site !== domain) throw new Problem(400, 'wrong_site', `The query must be about ${domain}, or name no site.`)
  parseQuery({ ...own, site: domain } as unknown as Question, settings)
  return own as unknown as SharedQuery
}

const listed = ({ created, expires, ...share }: ListedShare) => ({
  ...share,
  created: new Date(created).toISOString(),
  expires: expires === null ? null : new Date(expires).toISOString(),
})

/** Makes a share of a query, or of pages without one. */
const add = async (c: Context<HonoEnv>) => {
  const { config } = siteOf(c)
  const body = await bodyOf(c)
  const isQuery = body.query !== undefined && body.query !== null
  rejectUnknownFields(body, isQuery ? OF_QUERY : OF_PAGES)
  const name = text(body, 'name', 200)
  if (!name) throw new Problem(400, 'missing_name', 'A share needs a "name" that says what it is for.')
  const about = { name, expires: expiryOf(body, config.timezone) }
  const { origin } = new URL(c.req.url)
  if (isQuery) {
    const { id, token } = await directoryOf(c).addShare(config, { ...about, query: queryIn(body, config) })
    return { id, url: `${origin}/api/v1/shares/${token}` }
  }
  const { id, token } = await directoryOf(c).addPageShare(config, { ...about, ...pageShareIn(body, config) })
  return { id, url: `${origin}/share/${token}` }
}

const unknown = (): Problem =>
  new Problem(404, 'unknown_share', 'This link does not exist. It may have expired or been removed.')

const csvOfShare = async (c: Context<HonoEnv>): Promise<Response> => {
  const now = Date.now()
  const share = await directoryOf(c).findShare(String(c.req.param('token')), now)
  const site = share && (await directoryOf(c).find(share.domain))
  if (!share || !site) throw unknown()
  const { domain, settings } = site.config
  const found = await answer(site, parseQuery({ ...share.query, site: domain } as Question, settings), now)
  return c.body(csvOfAnswer(found, wantedColumns(c)), 200, {
    'content-type': 'text/csv; charset=utf-8',
    // The address is a secret: no shared cache may hold what is behind it.
    'cache-control': 'private, max-age=60',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  })
}

/** Links that show pages of the dashboard without signing in, and links that answer one query as CSV, for spreadsheets. */
export const sharesRoutes = [
  route('GET', PATH, OWNER_OF_SITE, async c =>
    c.json({ shares: (await directoryOf(c).listShares(siteOf(c).config)).map(listed) }),
  ),
  route('POST', PATH, OWNER_OF_SITE, async c => c.json(await add(c), 201, { 'cache-control': 'no-store' })),
  route('DELETE', `${PATH}/:id`, OWNER_OF_SITE, async c => {
    const id = Number(c.req.param('id'))
    if (!Number.isSafeInteger(id) || !(await directoryOf(c).removeShare(siteOf(c).config, id)))
      throw new Problem(404, 'unknown_share', 'This site has no share with this id.')
    return c.body(null, 204)
  }),
  route('GET', '/api/v1/shares/:token', ANYONE, csvOfShare),
]
