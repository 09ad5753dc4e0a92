import { h } from '../../components/h'

/**
 * A line of text in an entry of a setting.
 * @param part its name in the entry
 * @param label for screen readers
 * @param more attributes, such as those of a number
 */
export const textField = (
  part: string,
  label: string,
  value: string,
  placeholder: string,
  more: Readonly<Record<string, string | number>> = {},
): HTMLInputElement =>
  h('input', {
    'data-part': part,
    'aria-label': label,
    value,
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder,
    ...more,
  })
