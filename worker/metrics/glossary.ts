/** The words of formulas that have a meaning of their own: each with how it is found, and its meaning. */
export const GLOSSARY: readonly (readonly [term: string, found: RegExp, meaning: string])[] = [
  ['visitor', /visitor/, 'A person with a page view or an event; without a lasting id one counts once a day.'],
  ['session', /session/, 'Activity of one visitor without a pause of over 30 minutes; of the day it began.'],
  ['page view', /page ?view/, 'A page that was shown, of the day it was.'],
  ['event', /(?<!value )\bevents?\b/, 'Anything that was sent other than page views.'],
  ['engaged', /\bengaged\b/, 'A session of 10 visible seconds, two page views or a conversion.'],
  [
    'conversion',
    /\bconversions?\b/,
    "A purchase, sign_up, trial_start, generate_lead or subscription_start, or what the site's settings name.",
  ],
  ['cart', /\bcarts?\b/, "One visitor's shopping from an add_to_cart until it is bought, emptied or left alone."],
  [
    'order',
    /\borders?\b/,
    'The purchases of one transaction_id: the earliest that a write key sent, else the earliest of a browser.',
  ],
  ['gross revenue', /gross.revenue/, 'Values of orders without tax and shipping, before refunds.'],
  ['revenue', /(?<!gross.)revenue/, 'Values of orders without tax and shipping, less refunds.'],
  [
    'refund',
    /\brefunds\b/,
    'Money given back for an order: the value of the refund, or the whole order where it has none; together never more than was paid.',
  ],
  ['lead', /\bleads?\b/, 'A person with a generate_lead.'],
  ['sign-up', /\bsign-ups?\b/, 'A person with a sign_up.'],
  ['trial', /\btrials\b/, 'A person with a trial_start.'],
  [
    'customer',
    /\bcustomers?\b/,
    'A person with a subscription that is neither ended nor in trial, or with a purchase not older than the lapse.',
  ],
  [
    'active',
    /\b(active|dau|mau)\b/,
    'With an activity: a page view while it is seen, or an event that is interactive.',
  ],
  ['guide run', /\bruns?\b/, "One person's events of one guide without a pause of over 30 minutes."],
  ['settled', /\bsettled\b/, 'Completed, dismissed, or without an event for over 30 minutes.'],
  ['spend', /\bspend\b/, 'The imported costs of the days.'],
  ['delivered', /\bdelivered\b/, 'E-mails that arrived, each person and e-mail once, and imported totals.'],
  ['feature', /\bfeatures?\b/, 'What settings.features declares, else the feature of a feature_used.'],
  ['answer', /answers/, 'The last survey_response of a person to a survey in the period.'],
]

/**
 * The words of a text that have a meaning of their own, with it.
 * @example Object.keys(definitionsIn('engaged sessions')) // ['session', 'engaged']
 */
export const definitionsIn = (text: string): Record<string, string> =>
  Object.fromEntries(GLOSSARY.filter(([, found]) => found.test(text)).map(([term, , meaning]) => [term, meaning]))
