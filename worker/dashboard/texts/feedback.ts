import { texts } from './texts'

export const feedbackTexts = texts('feedback', {
  title: 'Feedback',
  panels: {
    cards: 'Survey scores',
    chart: 'Over time',
    answers: 'NPS answers',
    breakdown: 'Scores',
    nps: 'NPS distribution',
    csat: 'CSAT distribution',
    comments: 'Comments',
  },
})
