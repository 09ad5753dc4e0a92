/** Hides the warnings that a visible panel further up the page shows too. */
export const hideRepeatedWarnings = (): void => {
  const seen = new Set<string | null>()
  for (const warning of document.querySelectorAll<HTMLElement>('section:not([hidden]) [data-warning]')) {
    warning.hidden = seen.has(warning.textContent)
    seen.add(warning.textContent)
  }
}
