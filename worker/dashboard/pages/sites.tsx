import type { FC } from 'hono/jsx'
import type { Page, PageProps } from '../page'
import { add } from './add'

/** The sites for the client; the panel asks about each. */
const Sites: FC<PageProps> = ({ sites, rights }) => (
  <>
    <div id="site-list" data-sites={JSON.stringify(sites.map(({ domain, name }) => ({ domain, name })))} />
    {rights.add && (
      <a class="more" href={add.path}>
        Add a site…
      </a>
    )}
  </>
)

/** Every site that the reader may see. */
export const sites = {
  id: 'sites',
  title: 'All sites',
  path: '/sites',
  controls: false,
  listed: false,
  metrics: ['visitors'],
  panels: [{ id: 'all-sites', title: 'Sites', csv: true, Body: Sites }],
} as const satisfies Page
