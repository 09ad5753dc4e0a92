import type { PageData } from '../../page'

/** The data that the server put into this page. */
export const PAGE = JSON.parse(document.body.dataset.page ?? '{}') as PageData
