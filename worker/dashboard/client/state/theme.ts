// Runs before anything is drawn, so that nothing is drawn in the wrong colours first.
const chosen = localStorage.getItem('footfall_theme')
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
