import { recentActivityOf } from '../recentActivityOf'
import type { McpTool } from './mcpTool'

/** Who is there at this moment. */
export const NOW_TOOL: McpTool = {
  name: 'now',
  title: 'Visitors now',
  description: 'The visitors of the last minutes and the latest page views and events.',
  properties: {},
  required: [],
  run: async (site, _given, now) => {
    const found = await recentActivityOf(site, now)
    const lines = found.events.map(event =>
      `${event.seconds_ago} seconds ago: ${event.name} ${event.path ?? ''}`.trim(),
    )
    return { text: [`Visitors now: ${found.visitors}.`, ...lines].join('\n'), data: found }
  },
}
