import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { find } from '../../components/find'
import { showAt } from './problem'

/** The data retention typed into the form. */
export interface Retention {
  /** `null` to keep everything. */
  readonly months: number | null
  /** Whether it may be saved. If not, a message appears beside the field. */
  isConfirmed(): boolean
  /** Call it after these months were saved. */
  saved(months: number | null): void
}

/**
 * Deleted data cannot be restored, so the site's name must be typed first. Only setting or lowering the months deletes
 * data.
 */
export const retentionField = (form: HTMLFormElement, before: number | null): Retention => {
  const field = find<HTMLInputElement>('[name="settings.retention_months"]', form)
  const frame = find('[data-confirmation]', form)
  const typed = find<HTMLInputElement>('input', frame)
  const months = (): number | null => (field.value === '' ? null : Number(field.value))
  let inForce = before
  const deletes = (): boolean => {
    const now = months()
    return field.validity.valid && now !== null && (inForce === null || now < inForce)
  }
  const show = (): void => {
    frame.hidden = !deletes()
    find('[data-months]', frame).textContent = field.value
  }
  field.addEventListener('input', show)
  return {
    get months() {
      return months()
    },
    isConfirmed: () => {
      if (!deletes() || typed.value.trim() === form.dataset.domain) return true
      showAt(typed, fill(settingsTexts.general.unconfirmed, { site: form.dataset.domain ?? '' }))
      return false
    },
    saved: now => {
      inForce = now
      typed.value = ''
      show()
    },
  }
}
