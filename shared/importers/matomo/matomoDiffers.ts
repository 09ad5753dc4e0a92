import type { ToolDefinitions } from '../importFormat.ts'

export const MATOMO_DIFFERS: ToolDefinitions = {
  pageviews:
    'Matomo’s are its actions of the type page view. Footfall lacks those that Matomo cut off and those that were refused, which the report lists.',
  visitors: 'Matomo counts each visitor id. Footfall counts the visitor ids of one user id as one visitor.',
  sessions:
    'Both end a visit after 30 minutes, but Matomo begins another at midnight of the site’s time zone and with a new campaign or website. In Footfall the visit goes on, and belongs to the day on which it began.',
  bounces:
    'Matomo’s bounce is a visit with one action: a page view, search, download, outlink or event. In Footfall the same events make a visit no bounce, but visits that Matomo cut at midnight or at a campaign are one.',
}
