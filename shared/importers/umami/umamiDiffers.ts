import type { ToolDefinitions } from '../importFormat.ts'

export const UMAMI_DIFFERS: ToolDefinitions = {
  pageviews:
    'Umami’s are its rows of the type page view. Footfall lacks those that were left out or refused, which the report lists.',
  visitors:
    'Umami counts who viewed a page. Footfall also counts who only sent an event, and the sessions of one distinct_id as one visitor.',
  sessions:
    'Both end a visit after 30 minutes, but Umami gives the next one within the same clock hour the same id, and counts a visit past midnight on both days. In Footfall it belongs to the day on which it began.',
  bounces:
    'Umami’s bounce is a visit with one page view, whatever else happened in it. In Footfall an event makes it no bounce.',
}
