import { tag } from './tag'

/** The page's address as it is sent. It has a fragment only with `data-hash`. */
export const address = () => location.href.replace('hash' in tag ? '' : /#.*/, '')

/** The part of an address that identifies a page: everything but the query. */
export const page = (url: string) => url.replace(/\?[^#]*/, '')
