import { h } from '../../components/h'

/**
 * A choice in an entry of a setting.
 * @param part its name in the entry
 * @param label for screen readers
 * @param choices their texts, by value
 */
export const choiceField = (
  part: string,
  label: string,
  choices: Readonly<Record<string, string>>,
  chosen: string | undefined,
): HTMLSelectElement => {
  const options = Object.entries(choices).map(([id, text]) => h('option', { value: id, selected: id === chosen }, text))
  return h('select', { 'data-part': part, 'aria-label': label }, ...options)
}
