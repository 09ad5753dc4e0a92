import type { ValueFilter } from '../../../../shared/question'

/**
 * The menu that adds a filter. Its code is loaded when it is first opened.
 * @returns a function that opens the menu with an existing filter
 */
export const filterMenu = (): ((filter: ValueFilter) => void) => {
  const menu = document.querySelector<HTMLDetailsElement>('#add-filter')
  if (!menu) return () => undefined
  let edited: ValueFilter | null = null
  menu.addEventListener('toggle', async () => {
    if (!menu.open) return
    const { filterBuilder } = await import('./filterBuilder')
    filterBuilder(menu, edited)
    edited = null
  })
  return filter => {
    edited = filter
    menu.open = true
  }
}
