import { find } from '../../components/find'
import { textIn } from './textIn'

/** The alarms in the form, as in the API; `null`, none, without an address. */
export const alarmsIn = (form: HTMLFormElement): Readonly<Record<string, unknown>> | null => {
  const fields = find<HTMLFieldSetElement>('[data-alarms]', form)
  const to = textIn(fields, 'to')
  if (to === '') return null
  const boxes = [...fields.querySelectorAll<HTMLInputElement>('[data-alarm]')]
  return {
    ...Object.fromEntries(boxes.map(({ dataset, checked }) => [dataset.alarm ?? '', checked])),
    to,
    kind: textIn(fields, 'kind'),
    false_alarms: textIn(fields, 'false_alarms'),
  }
}
