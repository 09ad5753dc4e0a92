import { find } from './find'

/** Tells who listens to the page instead of seeing it. */
export const announce = (text: string): void => {
  find('#said').textContent = text
}
