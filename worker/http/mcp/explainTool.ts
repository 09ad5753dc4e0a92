import { answerTo } from './answerTo'
import { explanationText } from './explanationText'
import type { McpTool } from './mcpTool'
import { TOOL_PROPERTIES } from './toolProperties'

const { metrics, period, filters, parameters } = TOOL_PROPERTIES.question

/** How a value comes about. */
export const EXPLAIN_TOOL: McpTool = {
  name: 'explain',
  title: 'Explain a metric',
  description:
    'How a metric’s value was computed: formula, what the numerator and denominator count, definitions of the terms, and what was left out.',
  properties: { metrics, period, filters, parameters },
  required: ['metrics'],
  run: async (site, given, now) => {
    const found = await answerTo(site, { ...given, explain: true }, now)
    const values = Object.entries(found.rows[0]?.metrics ?? {})
    const warnings = found.meta.warnings.map(warning => `Warning: ${warning}`)
    const text = [...values.map(([id, value]) => explanationText(id, value)), ...warnings].join('\n\n')
    return { text, data: { ...found } }
  },
}
