import { type Context, Hono } from 'hono'
import { type Asker, askerOfSession } from '../api/auth'
import { readSession } from '../api/session'
import type { HonoEnv } from '../env'
import { findSite, listSites, type Site } from '../store/sites'
import { searchOf, viewOf } from './address'
import { filesRoutes } from './files'
import type { Page } from './page'
import { PAGES } from './pages'
import { add } from './pages/add'
import { secure } from './secure'
import { Shell } from './shell'
import { askToSignIn, signInRoutes } from './signIn'

const sitesOf = async (db: D1Database, asker: Asker): Promise<Site[]> => {
  if (asker === 'admin') return listSites(db)
  const site = await findSite(db, asker.domain)
  return site ? [site] : []
}

/** Without a site there is nothing else to show. */
const ADD = add.path

const show = async (c: Context<HonoEnv>, page: Page): Promise<Response> => {
  const session = await readSession(c)
  const asker = session && (await askerOfSession(c, session))
  if (!asker) return askToSignIn(c)
  const admin = asker === 'admin'
  const sites = await sitesOf(c.env.DB, asker)
  const { searchParams, origin } = new URL(c.req.url)
  const asked = viewOf(searchParams)
  const site = sites.find(({ domain }) => domain === asked.site) ?? sites[0] ?? null
  if (page.adminOnly && !admin) return c.redirect('/')
  if (!site && page.path !== ADD) return c.redirect(ADD)
  if (site && asked.site !== '' && asked.site !== site.domain)
    return c.redirect(`${page.path}${searchOf({ ...asked, site: site.domain })}`)
  const view = { ...asked, site: site?.domain ?? '' }
  const markup = <Shell page={page} view={view} site={site} sites={sites} admin={admin} origin={origin} />
  return c.html(`<!doctype html>${markup}`, 200, { 'cache-control': 'no-store', vary: 'cookie' })
}

/** What an owner looks at. */
export const dashboardRoutes = new Hono<HonoEnv>()

dashboardRoutes.route('/', filesRoutes)
dashboardRoutes.route('/', signInRoutes)
for (const page of PAGES) dashboardRoutes.use(page.path, secure).get(page.path, c => show(c, page))
