import { texts } from './texts.ts'

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
  breakdown: {
    none: 'No answers in this period. Send survey_response, or try a longer range.',
  },
  answers: {
    table: 'Net promoter score answers',
    group: 'Group',
    score: 'Score',
    answers: 'Answers',
    share: '% of answers',
    none: 'No net promoter score answers in this period. Send survey_response, or try a longer range.',
  },
  scores: {
    table: '{survey} answers by score',
    none: 'No {survey} answers in this period. Send survey_response, or try a longer range.',
  },
  comments: {
    table: 'Comments',
    comment: 'Comment',
    survey: 'Survey',
    score: 'Score',
    answers: 'Answers',
    answersHelp: 'Answers with this comment and score',
    most: 'Showing up to {count} comments per survey, lowest scores first.',
    none: 'No comments in this period. Add comment to survey_response, for example {call}.',
  },
})
