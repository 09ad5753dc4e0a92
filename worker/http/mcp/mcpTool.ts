import type { SiteEngine } from '../../site'

/** The arguments of a call: an agent may send anything. */
export type ToolArguments = Readonly<Record<string, unknown>>

/** What a tool found: for the agent to read, and as data. */
export interface ToolResult {
  readonly text: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Something that an agent can do with a site, as the Model Context Protocol describes it. */
export interface McpTool {
  readonly name: string
  readonly title: string
  /** When to use it and how to read its answer. */
  readonly description: string
  /** JSON Schema of the properties of its arguments. */
  readonly properties: Readonly<Record<string, object>>
  readonly required: readonly string[]
  /** @throws Problem as the API does */
  readonly run: (site: SiteEngine, given: ToolArguments, now: number) => Promise<ToolResult>
}
