import type { Fields } from '../collect/parse/fields'
import { SHAREABLE_PAGES } from '../dashboard/shareablePages'
import { hasControlCharacters } from '../lib/hasControlCharacters'
import { Problem } from '../lib/problem'
import { parseQuery } from '../query/parse/parseQuery'
import type { NewPageShare, SharedView } from '../storage/pageShares'
import type { SiteConfig } from '../storage/siteConfig'
import { embedHostsOf } from './embedHostsOf'

/** Characters. */
const LEAST_PASSWORD = 8
const MOST_PASSWORD = 200
/** Of JSON, which is read with every query. */
const MOST_FILTERS = 10_000

const idsOf = (pages: typeof SHAREABLE_PAGES): readonly string[] => pages.map(({ id }) => id)

const badPages = (): Problem =>
  new Problem(
    400,
    'bad_pages',
    `"pages" must be a list of page ids without duplicates. The ids are: ${idsOf(SHAREABLE_PAGES).join(', ')}.`,
  )

/** Filters of a query, each of which every query of the share passes. */
const filtersIn = ({ filters }: Fields, { domain, settings }: SiteConfig): SharedView['filters'] => {
  if (filters === undefined || filters === null) return []
  const given = filters as SharedView['filters']
  parseQuery({ site: domain, metrics: ['visitors'], filters: given }, settings)
  if (JSON.stringify(given).length > MOST_FILTERS)
    throw new Problem(400, 'bad_filters', `"filters" of a share must have at most ${MOST_FILTERS} characters.`)
  return given
}

/** The ids of the pages, in the order of the navigation; without a choice, every page that these filters can narrow. */
const pagesIn = ({ pages }: Fields, filters: SharedView['filters']): readonly string[] => {
  const able = SHAREABLE_PAGES.filter(({ share }) => filters.length === 0 || share !== 'unfiltered')
  if (pages === undefined || pages === null) return idsOf(able)
  if (!Array.isArray(pages) || pages.length === 0) throw badPages()
  const chosen = SHAREABLE_PAGES.filter(({ id }) => pages.includes(id))
  if (chosen.length !== pages.length) throw badPages()
  const unable = chosen.find(page => !able.includes(page))
  if (!unable) return idsOf(chosen)
  const message = `The page "${unable.id}" cannot be filtered. Leave it out of "pages", or share it without "filters".`
  throw new Problem(400, 'impossible_page', message)
}

const passwordIn = ({ password }: Fields): string | null => {
  if (password === undefined || password === null) return null
  if (
    typeof password === 'string' &&
    password.length >= LEAST_PASSWORD &&
    password.length <= MOST_PASSWORD &&
    !hasControlCharacters(password)
  )
    return password.toWellFormed()
  const message = `"password" must have ${LEAST_PASSWORD} to ${MOST_PASSWORD} characters, and no control characters.`
  throw new Problem(400, 'bad_password', message)
}

/**
 * What a share of pages shows, and to whom.
 * @throws Problem `bad_pages`, `impossible_page`, `bad_password`, `bad_embed_hosts`, `bad_domain`, and those of filters
 */
export const pageShareIn = (body: Fields, site: SiteConfig): Omit<NewPageShare, 'name' | 'expires'> => {
  const filters = filtersIn(body, site)
  return {
    pages: pagesIn(body, filters),
    filters,
    password: passwordIn(body),
    embed_hosts: embedHostsOf(body.embed_hosts),
  }
}
