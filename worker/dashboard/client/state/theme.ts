/** `null` too where the browser blocks the storage of a frame of another site. */
const chosenTheme = (): string | null => {
  try {
    return localStorage.getItem('footfall_theme')
  } catch {
    return null
  }
}

// Runs before the first paint, so that a page never flashes in the wrong theme. It is no module and imports nothing.
const chosen = chosenTheme()
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
