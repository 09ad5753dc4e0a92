import { answerText } from './answerText'
import { answerTo } from './answerTo'
import type { McpTool } from './mcpTool'
import { TOOL_PROPERTIES } from './toolProperties'

/** Values of metrics. */
export const ASK_TOOL: McpTool = {
  name: 'ask',
  title: 'Ask for metrics',
  description:
    'Values of metrics for a period: in total, over time, or by dimension, and compared with another period. Each value has a 95% interval and a status, each change a verdict. Report a change only if its verdict is up or down, and rank only groups that the answer says can be ranked.',
  properties: TOOL_PROPERTIES.question,
  required: ['metrics'],
  run: async (site, given, now) => {
    const found = await answerTo(site, given, now)
    return { text: answerText(found), data: { ...found } }
  },
}
