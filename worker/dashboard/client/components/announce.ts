import { find } from './find'

/** Announces a change to screen readers. */
export const announce = (text: string): void => {
  find('#announcement').textContent = text
}
