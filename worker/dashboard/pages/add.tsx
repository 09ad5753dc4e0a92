import type { FC } from 'hono/jsx'
import type { Page } from '../page'
import { addTexts } from '../texts/add'

const Form: FC = () => (
  <form id="add-site" class="form">
    <label>
      <span>Domain</span>
      <input
        name="domain"
        required
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        placeholder="shop.example"
      />
    </label>
    <label>
      <span>Reporting time zone</span>
      <select name="timezone" data-time-zones />
    </label>
    <label>
      <span>Reporting currency</span>
      <select name="currency" data-currencies />
    </label>
    <p id="add-problem" class="wrong" role="alert" />
    <button type="submit">Add site</button>
  </form>
)

/** The form that adds a site. */
export const add = {
  id: 'add',
  texts: addTexts,
  path: '/add',
  controls: false,
  listed: false,
  adminOnly: true,
  metrics: [],
  panels: [{ id: 'add-form', Body: Form }],
} as const satisfies Page
