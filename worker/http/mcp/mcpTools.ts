import { ASK_TOOL } from './askTool'
import { CATALOGUE_TOOL } from './catalogueTool'
import { CHANGES_TOOL } from './changesTool'
import { EXPLAIN_TOOL } from './explainTool'
import type { McpTool } from './mcpTool'
import { NOW_TOOL } from './nowTool'

/** Everything that an agent can do. */
export const MCP_TOOLS: readonly McpTool[] = [CATALOGUE_TOOL, ASK_TOOL, EXPLAIN_TOOL, CHANGES_TOOL, NOW_TOOL]
