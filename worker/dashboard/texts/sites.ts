import { texts } from './texts'

export const sitesTexts = texts('sites', {
  title: 'All sites',
  panels: {
    'all-sites': 'Sites',
  },
})
