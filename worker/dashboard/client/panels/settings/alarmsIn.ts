import { textIn } from './textIn'

/** The alarms in the form, as in the API: `null`, none, without an address; `undefined` where only owners see them. */
export const alarmsIn = (form: HTMLFormElement): Readonly<Record<string, unknown>> | null | undefined => {
  const fields = form.querySelector<HTMLFieldSetElement>('[data-alarms]')
  if (!fields) return
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
