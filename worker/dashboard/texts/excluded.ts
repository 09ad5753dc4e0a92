import { texts } from './texts'

export const excludedTexts = texts('excluded', {
  title: 'Excluded traffic',
  panels: {
    reasons: 'Excluded requests',
    traffic: 'Excluded traffic by page',
  },
  leads: {
    reasons: 'Requests that were filtered out or rejected, by UTC day. They are not in your stats.',
    traffic:
      'Traffic that is not from people, by page, reason, network and program. It is kept for 90 days, in case you want to count it later.',
  },
})
