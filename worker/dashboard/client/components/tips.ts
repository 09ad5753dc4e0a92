/** What shows itself on hover and focus goes away by Escape, until the pointer or the focus moves on. */
export const tips = (): void => {
  const { dataset } = document.documentElement
  const hear = (): void => {
    delete dataset.quiet
  }
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') dataset.quiet = ''
  })
  document.addEventListener('pointermove', hear, { passive: true })
  document.addEventListener('focusin', hear)
}
