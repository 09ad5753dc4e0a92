import { texts } from './texts.ts'

export const addTexts = texts('add', {
  title: 'Add a site',
  panels: {
    'add-form': 'Your website',
  },
  leads: {
    'add-form': 'Subdomains are included.',
  },
  form: {
    domain: 'Domain',
    timezone: 'Reporting time zone',
    currency: 'Reporting currency',
    submit: 'Add site',
  },
})
