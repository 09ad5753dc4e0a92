import { texts } from './texts'

export const addTexts = texts('add', {
  title: 'Add a site',
  panels: {
    'add-form': 'Your website',
  },
  leads: {
    'add-form': 'Subdomains are included.',
  },
})
