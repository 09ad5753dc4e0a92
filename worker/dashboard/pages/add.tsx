import type { FC } from 'hono/jsx'
import type { Page } from '../page'
import { addTexts } from '../texts/add'
import { useTexts } from '../texts/useTexts'

const Form: FC = () => {
  const { form } = useTexts(addTexts)
  return (
    <form id="add-site" class="form">
      <label>
        <span>{form.domain}</span>
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
        <span>{form.timezone}</span>
        <select name="timezone" data-time-zones />
      </label>
      <label>
        <span>{form.currency}</span>
        <select name="currency" data-currencies />
      </label>
      <p id="add-problem" class="wrong" role="alert" />
      <button type="submit">{form.submit}</button>
    </form>
  )
}

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
