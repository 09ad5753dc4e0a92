import { availableMetrics } from '../availableMetrics'
import type { McpTool } from './mcpTool'

type Entry = Awaited<ReturnType<typeof availableMetrics>>[number]

const isFound = ({ id, name, help }: Entry, search: string): boolean =>
  `${id} ${name} ${help}`.toLowerCase().includes(search.toLowerCase())

const line = ({ id, name, help, missing }: Entry): string =>
  [`${id} (${name}): ${help}`, ...missing.map(reason => `No value yet: ${reason}`)].join(' ')

/** Which metrics the site has. */
export const CATALOGUE_TOOL: McpTool = {
  name: 'catalogue',
  title: 'List the metrics',
  description:
    'Lists the metrics by id with their definition, formula, unit, parameters and dimensions, and what is missing for those without a value. Call it before "ask" to find the id of a metric.',
  properties: { search: { type: 'string', description: 'Only metrics whose id, name or definition contains this.' } },
  required: [],
  run: async (site, { search }, now) => {
    const all = await availableMetrics(site, now)
    const metrics = typeof search === 'string' ? all.filter(entry => isFound(entry, search)) : all
    const text = metrics.length === 0 ? 'No metric contains this.' : metrics.map(line).join('\n')
    return { text, data: { metrics } }
  },
}
