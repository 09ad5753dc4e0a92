/** Words of numerators and denominators that have a meaning of their own. */
export const GLOSSARY = {
  visitor: 'A person with a page view or an event; one without a persistent id counts once per day.',
  session: 'Activity of one visitor without a gap of over 30 minutes; it belongs to the day on which it began.',
  'page view': 'One view of a page; it belongs to the day on which it happened.',
  event: 'Anything that was sent other than a page view.',
  engaged: 'With 10 visible seconds, two page views or a conversion.',
  conversion:
    "A purchase, sign_up, trial_start, generate_lead or subscription_start, or what the site's settings name.",
  cart: "One visitor's shopping from an add_to_cart until the cart is bought, emptied or abandoned.",
  order:
    'The purchases of one transaction_id, counted once: the earliest sent with a write key, otherwise the earliest from a browser.',
  'gross revenue': 'Value of orders without tax and shipping, before refunds.',
  revenue: 'Value of orders without tax and shipping, minus refunds.',
  refund:
    'Money given back for an order: the value of the refund, or the whole order if it has none; in total never more than was paid.',
  lead: 'A visitor with a generate_lead.',
  'sign-up': 'A visitor with a sign_up.',
  trial: 'A visitor with a trial_start.',
  customer:
    'A visitor with a subscription that is neither cancelled nor in trial, or with a purchase within the lapse.',
  active: 'With activity: a page view while it is visible, or an interactive event.',
  'guide run': "One visitor's events of one guide without a gap of over 30 minutes.",
  settled: 'Completed, dismissed, or without an event for over 30 minutes.',
  spend: 'The imported costs of the period.',
  delivered: 'Emails that arrived, counting each person and email once, plus imported totals.',
  feature: 'A feature listed in settings.features; if none is listed, the feature of a feature_used.',
  goal: 'An action that visitors should take, as defined in settings.goals.',
  answer: "A visitor's last survey_response to a survey in the period.",
} as const

export type GlossaryTerm = keyof typeof GLOSSARY

/**
 * The meanings of some terms.
 * @example Object.keys(definitionsOf(['engaged', 'session'])) // ['session', 'engaged']
 */
export const definitionsOf = (terms: readonly GlossaryTerm[]): Record<string, string> =>
  Object.fromEntries(Object.entries(GLOSSARY).filter(([term]) => terms.includes(term as GlossaryTerm)))
