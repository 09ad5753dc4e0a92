import type { FC } from 'hono/jsx'
import type { Page } from '../page'
import { metricsTexts } from '../texts/metrics'

const Search: FC = () => (
  <search class="find">
    <label>
      <span>Search</span>
      <input
        type="search"
        id="find-metric"
        placeholder="Name, synonym or event, such as ROAS"
        autocomplete="off"
        spellcheck={false}
      />
    </label>
    <p id="found" role="status" />
  </search>
)

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
