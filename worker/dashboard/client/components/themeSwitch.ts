import { clientFrameTexts } from '../../texts/clientFrame'

const THEMES = ['system', 'light', 'dark'] as const

/** Text and not emoji, which would have colours of their own. */
const SIGNS = { system: '◐', light: '☀\ufe0e', dark: '☾\ufe0e' } as const

const chosen = (): (typeof THEMES)[number] =>
  THEMES.find(theme => theme === document.documentElement.dataset.theme) ?? 'system'

/** The browser remembers it, unless it blocks the storage of a frame of another site. */
const remember = (theme: string): void => {
  try {
    localStorage.setItem('footfall_theme', theme)
  } catch {
    // The page shows it until it is left.
  }
}

/** Switches between light, dark and the system's theme. Charts redraw on `themechange`. */
export const themeSwitch = (): void => {
  const tell = (): void => void document.dispatchEvent(new Event('themechange'))
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell)
  // An embedded page has no button.
  const button = document.querySelector<HTMLButtonElement>('#theme')
  if (!button) return
  const show = (): void => {
    button.textContent = SIGNS[chosen()]
    button.title = clientFrameTexts.themes[chosen()]
    button.setAttribute('aria-label', button.title)
  }
  button.addEventListener('click', () => {
    const theme = THEMES[(THEMES.indexOf(chosen()) + 1) % THEMES.length] ?? 'system'
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    remember(theme)
    show()
    tell()
  })
  show()
}
