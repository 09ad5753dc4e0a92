import type { FC } from 'hono/jsx'
import type { Page } from '../page'

const Search: FC = () => (
  <search class="find">
    <label>
      <span>Find</span>
      <input
        type="search"
        id="find-metric"
        placeholder="Name, formula or event"
        autocomplete="off"
        spellcheck={false}
      />
    </label>
    <p id="found" role="status" />
  </search>
)

/** Everything that can be asked, with what a site has of it. */
export const metrics = {
  id: 'metrics',
  title: 'All metrics',
  path: '/metrics',
  controls: true,
  listed: true,
  metrics: [],
  panels: [
    {
      id: 'catalogue',
      title: 'Every metric there is',
      lead: 'With its 95% interval. A click on one shows how it is made and how to send it.',
      csv: true,
      Body: Search,
    },
  ],
} as const satisfies Page
