import type { TrafficVerdict } from '../../../../shared/verdicts'

/** Why traffic is taken for something other than people, in plain words. */
export const VERDICT_TEXTS: Readonly<Record<TrafficVerdict, string>> = {
  bot: 'Bots and scripts',
  headless: 'Headless browsers',
  automated: 'Low Cloudflare bot score',
  data_centre: 'Hosting networks',
  referrer_spam: 'Referrer spam',
  rule: 'Your traffic filters',
  one_request: 'One request, and nothing when the page was left',
  no_interaction: 'Sessions with no interaction, visible for less than a second',
}
