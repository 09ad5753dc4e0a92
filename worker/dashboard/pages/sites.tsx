import type { FC } from 'hono/jsx'
import type { Page, PageProps } from '../page'
import { frameTexts } from '../texts/frame'
import { sitesTexts } from '../texts/sites'
import { useTexts } from '../texts/useTexts'
import { add } from './add'

/** The sites for the client; the panel asks about each. */
const Sites: FC<PageProps> = ({ sites, rights }) => {
  const { addSite } = useTexts(frameTexts)
  return (
    <>
      <div id="site-list" data-sites={JSON.stringify(sites.map(({ domain, name }) => ({ domain, name })))} />
      {rights.add && (
        <a class="more" href={add.path}>
          {addSite}
        </a>
      )}
    </>
  )
}

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
