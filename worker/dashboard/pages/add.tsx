import type { FC } from 'hono/jsx'
import type { Page } from '../page'

const Form: FC = () => (
  <form id="add-site" class="form">
    <label>
      <span>Domain</span>
      <input
        name="domain"
        required
        autofocus
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
  title: 'Add a site',
  path: '/add',
  controls: false,
  listed: false,
  adminOnly: true,
  metrics: [],
  panels: [{ id: 'add-form', title: 'Your website', lead: 'Subdomains are included.', Body: Form }],
} as const satisfies Page
