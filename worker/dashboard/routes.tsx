import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import { SIGNED_IN } from '../http/access'
import { directoryOf } from '../http/directoryOf'
import { pathsOf } from '../http/pathsOf'
import { readSignIn } from '../http/readSignIn'
import { rightsOf } from '../http/rights'
import { type Route, route } from '../http/route'
import { sitesOf } from '../http/sitesOf'
import type { SiteConfig } from '../storage/siteConfig'
import { viewOf } from './address'
import { appRoutes } from './appRoutes'
import { inviteRoutes } from './invite'
import { NoSites } from './noSites'
import type { Page } from './page'
import { PAGES } from './pages'
import { add } from './pages/add'
import { render } from './render'
import { secure } from './secure'
import { shareRoutes } from './share'
import { Shell } from './shell'
import { askToSignIn, signInRoutes } from './signIn'
import { UnknownSite } from './unknownSite'

/** Without a site, every page leads here. */
const ADD = add.path

/** The site in the address, or the first; `undefined` if the address names another. */
const siteIn = (sites: readonly SiteConfig[], domain: string): SiteConfig | null | undefined =>
  domain === '' ? (sites[0] ?? null) : sites.find(site => site.domain === domain)

const show = async (c: Context<HonoEnv>, page: Page): Promise<Response> => {
  const asker = (await readSignIn(c))?.asker
  if (!asker) return askToSignIn(c)
  const sites = await sitesOf(directoryOf(c), asker)
  const { searchParams, origin } = new URL(c.req.url)
  const requested = viewOf(searchParams)
  const site = siteIn(sites, requested.site)
  if (site === undefined) return render(c, <UnknownSite domain={requested.site} sites={sites} />, 404)
  const rights = rightsOf(asker, site?.domain ?? '')
  if (!site && !rights.add) return render(c, <NoSites />)
  if (page.adminOnly && !rights.add) return c.redirect('/')
  if (!site && page.path !== ADD) return c.redirect(ADD)
  const view = { ...requested, site: site?.domain ?? '' }
  const { paths } = pathsOf(c.env)
  const pages = PAGES.filter(({ listed, adminOnly }) => listed && (rights.add || !adminOnly))
  const props = { page, pages, view, site, sites, rights, origin, paths, shared: null }
  return render(c, <Shell {...props} />)
}

/** The dashboard's pages and sign-in. */
export const dashboardRoutes: readonly Route[] = [
  ...signInRoutes,
  ...inviteRoutes,
  ...shareRoutes,
  ...appRoutes,
  ...PAGES.flatMap(page =>
    [page.path, ...(page.formerPath ? [page.formerPath] : [])].map(path =>
      route('GET', path, SIGNED_IN, c => show(c, page), [secure]),
    ),
  ),
]
