import { texts } from './texts.ts'

export const speedTexts = texts('speed', {
  title: 'Speed',
  panels: {
    vitals: 'Page speed',
  },
  leads: {
    vitals: 'Core Web Vitals at the 75th percentile: three in four page views were at least this good.',
  },
  vitals: {
    table: 'Core Web Vitals',
    by: 'By',
    good: 'good',
    needsImprovement: 'needs improvement',
    poor: 'poor',
    most: 'Showing the {count} with the most page views.',
    none: 'No page view in this period has Core Web Vitals. Add data-modules="vitals" to the script tag. Values are sent when a visitor leaves the page.',
  },
})
