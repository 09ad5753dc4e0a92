import { texts } from './texts'

export const metricsTexts = texts('metrics', {
  title: 'All metrics',
  panels: {
    catalogue: 'Metrics',
  },
  leads: {
    catalogue: 'Values with 95% confidence intervals. Select a metric for its definition and setup.',
  },
})
