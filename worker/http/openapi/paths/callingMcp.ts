import { answers, body, inQuery } from '../operation'
import { object, text } from '../schema'

export const callingMcp = () => ({
  '/mcp': {
    post: {
      operationId: 'callMcp',
      summary:
        'The Model Context Protocol over streamable HTTP, one call a request: agents list the metrics, ask for their values and explanations, what changed, and who is there now. Needs a read key, whose site it is about.',
      parameters: [inQuery('site', "The site's domain; only the admin token needs it.")],
      requestBody: body(object({ jsonrpc: text, method: text, params: object({}) }, ['jsonrpc', 'method'])),
      responses: {
        ...answers('200', 'The answer to the call, as JSON-RPC 2.0 has it.'),
        202: { description: 'A notification, which is not answered.' },
      },
    },
  },
})
