import { d1 } from '../../../worker/storage/d1'
import type { SiteConfig } from '../../../worker/storage/siteConfig'
import { addSite, findSite } from '../../../worker/storage/sites'

export const DOMAIN = 'bench.example'

const add = async (db: D1Database): Promise<SiteConfig> => {
  const texts = { name: DOMAIN, timezone: 'UTC', currency: 'EUR', settings: {} }
  const site = await addSite(d1(db), DOMAIN, texts, 'd1')
  if (!site) throw new Error('the site could not be made')
  return site
}

/** The measured site, created if missing. */
export const benchSite = async (db: D1Database): Promise<SiteConfig> =>
  (await findSite(d1(db), DOMAIN)) ?? (await add(db))
