const open = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll('details.menu[open]')

/** Closes a menu, and returns the focus from it to its summary. */
export const closeMenu = (menu: HTMLDetailsElement): void => {
  const hadFocus = menu.contains(document.activeElement)
  menu.open = false
  if (hadFocus) menu.querySelector('summary')?.focus()
}

/** Closes menus on Escape and on a press outside. */
export const menus = (): void => {
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') for (const menu of open()) closeMenu(menu)
  })
  // Not on click: by then a press may have removed its own target.
  document.addEventListener('pointerdown', ({ target }) => {
    for (const menu of open()) if (target instanceof Node && !menu.contains(target)) menu.open = false
  })
  // Following a link closes its menu.
  document.addEventListener('click', ({ target }) => {
    const menu = target instanceof Element && target.closest('a[data-view]')?.closest('details.menu')
    if (menu instanceof HTMLDetailsElement) closeMenu(menu)
  })
}
