import { texts } from './texts.ts'

export const usersTexts = texts('users', {
  title: 'Retention',
  panels: {
    setup: 'Set up retention',
    cards: 'Active users',
    chart: 'Over time',
    retention: 'Retention',
    lifecycle: 'User lifecycle',
    features: 'Feature adoption',
  },
  leads: {
    retention: 'Share of new users who came back, by cohort. Incomplete periods are excluded.',
    lifecycle: 'Active users split into new, returning and resurrected, and users who went dormant.',
    features: 'Share of active users who used each feature.',
  },
  cards: {
    dauOnly: {
      one: '{count} visitor has no persistent ID and is counted in DAU only.',
      other: '{count} visitors have no persistent ID and are counted in DAU only.',
    },
  },
  setup: {
    intro:
      'Retention follows visitors across days, so it needs an ID that lasts longer than a day. Without one, each visitor is counted once per day.',
    pageViews: 'Page views',
    signedIn: 'Signed-in users',
    persistent: 'Or persistent IDs, with consent',
    features: 'Feature use',
  },
  retention: {
    units: 'Cohorts',
    daily: 'Daily',
    weekly: 'Weekly',
    monthly: 'Monthly',
    dailyTable: 'Daily retention by cohort',
    weeklyTable: 'Weekly retention by cohort',
    monthlyTable: 'Monthly retention by cohort',
    afterDays: 'Day {count}',
    afterWeeks: 'Week {count}',
    afterMonths: 'Month {count}',
    cohort: 'Cohort',
    cohortOfWeek: 'Cohort (week of)',
    allCohorts: 'All cohorts',
    tooEarly: 'too early to tell',
    newest: 'Showing the newest {count} cohorts. Choose weekly or monthly cohorts to see more.',
    none: 'No users with a persistent ID were first seen in this period. Try a longer range, or give users a persistent ID: data-id="persistent" on the script tag, identify, or visitor_id in server events.',
  },
  lifecycle: {
    table: 'User lifecycle',
    status: 'Status',
    new: 'New',
    newHelp: 'First seen in this period.',
    returning: 'Returning',
    returningHelp: 'Also active in the previous period of the same length.',
    resurrected: 'Resurrected',
    resurrectedHelp: 'Seen earlier, but not in the previous period of the same length.',
    dormant: 'Dormant',
    dormantHelp: 'Active in the previous period of the same length, but not in this one.',
  },
  features: {
    table: 'Adoption by feature',
    feature: 'Feature',
    most: 'Showing the {count} most used features.',
    none: 'No feature was used in this period. Send {call} when someone uses one, or list your features in Settings.',
  },
})
