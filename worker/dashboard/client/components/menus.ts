const open = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll('details.menu[open]')

const close = (menu: HTMLDetailsElement): void => {
  const hadFocus = menu.contains(document.activeElement)
  menu.open = false
  if (hadFocus) menu.querySelector('summary')?.focus()
}

/** Closes menus on Escape and on a click outside. */
export const menus = (): void => {
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') for (const menu of open()) close(menu)
  })
  document.addEventListener('click', ({ target }) => {
    for (const menu of open()) if (target instanceof Node && !menu.contains(target)) close(menu)
  })
}
