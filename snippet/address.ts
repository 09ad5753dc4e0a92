import { tag } from './tag'

/** The page's address as it is sent: with its fragment only where `data-hash` makes that part of the path. */
export const address = () => location.href.replace('hash' in tag ? '' : /#.*/, '')

/** What of an address makes another page: everything but the query. */
export const page = (url: string) => url.replace(/\?[^#]*/, '')
