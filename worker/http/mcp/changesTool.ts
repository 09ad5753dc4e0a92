import type { ClearChange } from '../../../shared/changes'
import type { AskedChanges } from '../../query/changes/changesQuestions'
import { changesIn } from '../changesIn'
import { figureText } from './figureText'
import type { McpTool } from './mcpTool'
import { TOOL_PROPERTIES } from './toolProperties'

const figure = ({ metric, currency }: ClearChange, value: number): string =>
  figureText(metric === 'revenue' ? 'currency' : 'count', value, currency)

const share = ({ explains }: ClearChange): string =>
  explains === null ? '' : `, ${figureText('ratio', explains)} of the total's change`

const line = (change: ClearChange): string =>
  `${change.metric}, ${change.dimension} "${change.group}": clearly ${change.verdict} from ${figure(change, change.previous)} to ${figure(change, change.value)}${share(change)}.`

/** What moved. */
export const CHANGES_TOOL: McpTool = {
  name: 'changes',
  title: 'Find what changed',
  description:
    'The channels, sources, pages, countries, devices and goals whose visitors, conversions or revenue changed significantly from the compared period, corrected for the number of tests. Those that explain most of the total’s change come first. Whatever it does not name has no clear change.',
  properties: TOOL_PROPERTIES.selection,
  required: [],
  run: async (site, { period, compare, filters }, now) => {
    const given = Object.fromEntries(
      Object.entries({ period, compare, filters }).filter(([, value]) => value !== undefined),
    ) as Omit<AskedChanges, 'site'>
    const found = await changesIn(site, given, now)
    const none = `No clear change. Changes tested: ${found.tested}.`
    const lines = found.changes.map(line)
    const warnings = found.meta.warnings.map(warning => `Warning: ${warning}`)
    return { text: [...(lines.length > 0 ? lines : [none]), ...warnings].join('\n'), data: { ...found } }
  },
}
