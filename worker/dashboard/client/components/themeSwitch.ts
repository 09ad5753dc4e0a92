import { find } from './find'

const THEMES = ['system', 'light', 'dark'] as const

/** Half light and half dark, a sun, a moon; text and no emoji, which would bring colours of its own. */
const SIGNS = { system: '◐', light: '☀\ufe0e', dark: '☾\ufe0e' } as const

const chosen = (): (typeof THEMES)[number] =>
  THEMES.find(theme => theme === document.documentElement.dataset.theme) ?? 'system'

/** Light, dark, or as the system has it; kept in the browser. Whoever draws with colours hears `themechange`. */
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
