import { texts } from './texts'

export const tagTexts = texts('tag', {
  title: 'Installation',
  panels: {
    paste: 'Install the script',
    'first-view': 'Verify installation',
  },
  leads: {
    paste: 'Choose your platform to see its steps.',
  },
})
