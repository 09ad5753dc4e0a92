import { find } from './find'

const THEMES = ['system', 'light', 'dark'] as const

/** Text and not emoji, which would have colours of their own. */
const SIGNS = { system: '◐', light: '☀\ufe0e', dark: '☾\ufe0e' } as const

const chosen = (): (typeof THEMES)[number] =>
  THEMES.find(theme => theme === document.documentElement.dataset.theme) ?? 'system'

/** Switches between light, dark and the system's theme. The browser remembers it. Charts redraw on `themechange`. */
export const themeSwitch = (): void => {
  const button = find<HTMLButtonElement>('#theme')
  const show = (): void => {
    button.textContent = SIGNS[chosen()]
    button.setAttribute('aria-label', `Theme: ${chosen()}`)
    button.title = `Theme: ${chosen()}`
  }
  const tell = (): void => void document.dispatchEvent(new Event('themechange'))
  button.addEventListener('click', () => {
    const theme = THEMES[(THEMES.indexOf(chosen()) + 1) % THEMES.length] ?? 'system'
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    localStorage.setItem('footfall_theme', theme)
    show()
    tell()
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell)
  show()
}
