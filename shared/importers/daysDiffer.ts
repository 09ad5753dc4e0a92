import type { ToolDefinitions } from './importFormat.ts'

const OWN =
  'Imported days count as the tool counted them, except those that the site recorded itself: these keep their own figures.'

/** For totals of days, which are taken over as they are. */
export const DAYS_DIFFER: ToolDefinitions = { pageviews: OWN, visitors: OWN, sessions: OWN, bounces: OWN }
