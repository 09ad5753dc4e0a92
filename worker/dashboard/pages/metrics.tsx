import type { FC } from 'hono/jsx'
import type { Page } from '../page'
import { metricsTexts } from '../texts/metrics'
import { useTexts } from '../texts/useTexts'

const Search: FC = () => {
  const { search } = useTexts(metricsTexts)
  return (
    <search class="find">
      <label>
        <span>{search.label}</span>
        <input type="search" id="find-metric" placeholder={search.example} autocomplete="off" spellcheck={false} />
      </label>
      <p id="found" role="status" />
    </search>
  )
}

/** Every metric of the catalogue, with its value for a site. */
export const metrics = {
  id: 'metrics',
  texts: metricsTexts,
  path: '/metrics',
  controls: true,
  listed: true,
  share: 'every metric',
  metrics: [],
  panels: [{ id: 'catalogue', csv: true, Body: Search }],
} as const satisfies Page
