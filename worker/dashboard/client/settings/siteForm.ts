import type { SiteSettings } from '../../../../shared/settings'
import { fillCurrencies, fillTimeZones } from '../choices'
import { find, say } from '../dom'
import type { Mount } from '../panel'
import { clearProblem, showProblem } from './problem'
import { Rows } from './rows'
import { send, sitePath } from './send'

const MONTHS = 'settings.retention_months'

/** What a site is called, where its days begin, and its settings. */
export const siteForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const [timezone, currency] = ['timezone', 'currency'].map(name => find<HTMLSelectElement>(`[name=${name}]`, form))
  if (timezone) fillTimeZones(timezone, timezone.dataset.chosen)
  if (currency) fillCurrencies(currency, currency.dataset.chosen)
  const settings = JSON.parse(form.dataset.settings ?? '{}') as SiteSettings
  const rows = new Map(
    [...form.querySelectorAll<HTMLFieldSetElement>('[data-setting]')].map(fieldset => [
      fieldset.dataset.setting ?? '',
      new Rows(fieldset, settings),
    ]),
  )
  const said = find('[data-body]', section)
  form.addEventListener('input', () => said.replaceChildren())
  form.addEventListener('submit', async event => {
    event.preventDefault()
    clearProblem(form)
    const { [MONTHS]: months, ...texts } = Object.fromEntries(new FormData(form))
    const changed = Object.fromEntries([...rows].map(([name, { value }]) => [name, value]))
    const retention_months = months ? Number(months) : null
    try {
      await send('PATCH', sitePath(), { ...texts, settings: { ...changed, retention_months } })
      said.textContent = 'Saved.'
      say('Saved.')
    } catch (error) {
      showProblem(form, error)
    }
  })
}
