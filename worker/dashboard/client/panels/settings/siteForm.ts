import type { SiteSettings } from '../../../../../shared/settings'
import { settingsTexts } from '../../../texts/settings'
import { announce } from '../../components/announce'
import { fillCurrencies } from '../../components/fillCurrencies'
import { fillTimeZones } from '../../components/fillTimeZones'
import { find } from '../../components/find'
import type { Mount } from '../../components/panel'
import { PAGE } from '../../state/page'
import { alarmsIn } from './alarmsIn'
import { FunnelRows } from './funnelRows'
import { guardChanges } from './guardChanges'
import { clearProblem, showProblem } from './problem'
import { retentionField } from './retentionField'
import { Rows } from './rows'
import { send, sitePath } from './send'
import { showDeliveries } from './showDeliveries'

const textsIn = (form: HTMLFormElement): Record<string, FormDataEntryValue> =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => !name.startsWith('settings.')))

const MEGABYTE = 1_000_000

/** Bytes; `null`, the default, when the field is empty. */
const bytesIn = (form: HTMLFormElement): number | null => {
  const { value } = find<HTMLInputElement>('[name="settings.daily_bytes"]', form)
  return value === '' ? null : Math.round(Number(value) * MEGABYTE)
}

const choiceIn = (form: HTMLFormElement, setting: keyof SiteSettings): string =>
  find<HTMLSelectElement>(`[name="settings.${setting}"]`, form).value

/** The form for a site's name, time zone, currency and settings. */
export const siteForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const [timezone, currency] = ['timezone', 'currency'].map(name => find<HTMLSelectElement>(`[name=${name}]`, form))
  if (timezone) fillTimeZones(timezone, timezone.dataset.chosen)
  if (currency) fillCurrencies(currency, currency.dataset.chosen)
  const settings = JSON.parse(form.dataset.settings ?? '{}') as SiteSettings
  const rows = new Map(
    [...form.querySelectorAll<HTMLFieldSetElement>('[data-setting]')].map(fieldset => [
      fieldset.dataset.setting ?? '',
      fieldset.dataset.setting === 'funnels' ? new FunnelRows(fieldset, settings) : new Rows(fieldset, settings),
    ]),
  )
  const retention = retentionField(form, settings.retention_months)
  const status = find('[data-body]', section)
  const guard = guardChanges()
  if (PAGE.rights.own) void showDeliveries(find('[data-deliveries]', form))
  form.addEventListener('input', () => {
    status.replaceChildren()
    guard.changed()
  })
  form.addEventListener('submit', async event => {
    event.preventDefault()
    clearProblem(form)
    if (!retention.isConfirmed()) return
    const retention_months = retention.months
    const daily_bytes = bytesIn(form)
    const changed = Object.fromEntries([...rows].map(([name, { value }]) => [name, value]))
    try {
      const purchases = choiceIn(form, 'purchases')
      const browser_money = choiceIn(form, 'browser_money') === 'true'
      const gpc = choiceIn(form, 'gpc')
      const settings = {
        ...changed,
        purchases,
        gpc,
        browser_money,
        retention_months,
        daily_bytes,
        alarms: alarmsIn(form),
      }
      await send('PATCH', sitePath(), { ...textsIn(form), settings })
      retention.saved(retention_months)
      guard.saved()
      status.textContent = settingsTexts.form.saved
      announce(settingsTexts.form.saved)
    } catch (error) {
      showProblem(form, error)
    }
  })
}
