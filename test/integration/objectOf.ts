import { env } from 'cloudflare:workers'
import type { SiteObject } from '../../worker/index'
import type { SiteConfig } from '../../worker/storage/siteConfig'

/** The object of a site; `null` where the site is in D1. */
export const objectOf = ({ id, created, store }: SiteConfig): DurableObjectStub<SiteObject> | null =>
  store === 'objects' && env.SITES ? env.SITES.getByName(`${id}/${created}`) : null
