import type { PageData } from '../../page'

/** What the server says of this page. */
export const PAGE = JSON.parse(document.body.dataset.page ?? '{}') as PageData
