import { EMPTY_SETTINGS, type SiteSettings } from '../../../shared/settings'
import { d1 } from '../../../worker/storage/d1'
import type { SiteConfig } from '../../../worker/storage/siteConfig'
import { addSite, findSite } from '../../../worker/storage/sites'
import { SHOP_SETTINGS } from './shop'

export const DOMAIN = 'bench.example'

const add = async (db: D1Database, settings: SiteSettings): Promise<SiteConfig> => {
  const texts = { name: DOMAIN, timezone: 'UTC', currency: 'EUR', settings }
  const site = await addSite(d1(db), DOMAIN, texts, 'd1')
  if (!site) throw new Error('the site could not be made')
  return site
}

const foundOrAdded = async (db: D1Database, settings: SiteSettings): Promise<SiteConfig> =>
  (await findSite(d1(db), DOMAIN)) ?? (await add(db, settings))

/** The measured site, created if missing. */
export const benchSite = (db: D1Database): Promise<SiteConfig> => foundOrAdded(db, EMPTY_SETTINGS)

/** The measured site; if it is missing, it is created as a shop. */
export const shopSite = (db: D1Database): Promise<SiteConfig> => foundOrAdded(db, SHOP_SETTINGS)
