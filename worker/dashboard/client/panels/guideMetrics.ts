/** The metrics of guides on the page Onboarding, in the order of their cards. */
export const GUIDE_METRICS = [
  'guide_views',
  'guide_viewers',
  'guide_completion_rate',
  'guide_dismiss_rate',
  'guide_time_to_complete',
] as const
