import { texts } from './texts.ts'

export const coverageTexts = texts('coverage', {
  title: 'Coverage',
  panels: {
    estimate: 'Visitors, recorded and estimated',
    signals: 'Other signals',
  },
  leads: {
    estimate: 'Compares the page views that the script recorded with the pages that were served to browsers.',
    signals: 'The share of visitors with Global Privacy Control, and of server-side orders that the script also saw.',
  },
  estimate: {
    visitors: { one: '{count} visitor recorded.', other: '{count} visitors recorded.' },
    estimated: {
      one: 'At least {count} visitor, an estimated {estimate} ± {half}.',
      other: 'At least {count} visitors, an estimated {estimate} ± {half}.',
    },
    assumed:
      'Each visitor counts once a day. The estimate assumes that visitors without the script view as many pages as others with the same browser.',
    none: 'No served pages in this period. Configure the site’s Cloudflare zone, or send page counts to {path}.',
    failed: 'The last attempt to fetch served pages failed: {problem}',
    byBrowser: 'By browser',
    byBrowserTable: 'Coverage by browser',
    browser: 'Browser',
    byDay: 'By day',
    byDayTable: 'Coverage by day',
    day: 'Day',
    viewsRecorded: 'Page views recorded',
    pagesServed: 'Pages served',
    recorded: 'Recorded',
  },
  signals: {
    table: 'Other coverage signals',
    signal: 'Signal',
    share: 'Share',
    of: 'Of',
    privacyControl: 'Visitors with Global Privacy Control',
    reason: '{metric}: {reason}',
  },
})
