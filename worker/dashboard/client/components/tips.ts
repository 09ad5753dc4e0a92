/** Hides tooltips on Escape until the pointer or focus moves. */
export const tips = (): void => {
  const { dataset } = document.documentElement
  const reset = (): void => {
    delete dataset.quiet
  }
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') dataset.quiet = ''
  })
  document.addEventListener('pointermove', reset, { passive: true })
  document.addEventListener('focusin', reset)
}
