import type { FC } from 'hono/jsx'
import type { Page, PageProps } from '../page'
import { sitesTexts } from '../texts/sites'

/** The sites for the client; the panel asks about each. */
const Sites: FC<PageProps> = ({ sites }) => (
  <div id="site-list" data-sites={JSON.stringify(sites.map(({ domain, name }) => ({ domain, name })))} />
)

/** Every site that the reader may see. */
export const sites = {
  id: 'sites',
  texts: sitesTexts,
  path: '/sites',
  controls: false,
  listed: false,
  metrics: ['visitors'],
  panels: [{ id: 'all-sites', csv: true, Body: Sites }],
} as const satisfies Page
