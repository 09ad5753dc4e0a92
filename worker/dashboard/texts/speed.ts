import { texts } from './texts'

export const speedTexts = texts('speed', {
  title: 'Speed',
  panels: {
    vitals: 'Page speed',
  },
  leads: {
    vitals: 'Core Web Vitals at the 75th percentile: three in four page views were at least this good.',
  },
})
