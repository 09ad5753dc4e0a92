import { logFailure } from '../../lib/log'
import { Problem } from '../../lib/problem'
import type { SiteEngine } from '../../site'
import { problemOf } from '../problemOf'
import type { McpTool, ToolArguments } from './mcpTool'

const failed = (error: unknown) => {
  if (!(error instanceof Problem)) logFailure(error, { method: 'POST', route: '/mcp' })
  const { code, message } = problemOf(error)
  return { content: [{ type: 'text', text: `${message} (${code})` }], isError: true }
}

/** Runs a tool. What is wrong with the arguments is part of the answer, so that the agent can mend them. */
export const callTool = async (tool: McpTool, site: SiteEngine, given: ToolArguments, now: number) => {
  try {
    const { text, data } = await tool.run(site, given, now)
    return { content: [{ type: 'text', text }], structuredContent: data }
  } catch (error) {
    return failed(error)
  }
}
