import { LIMITS } from '../../../shared/limits'
import { Problem } from '../../lib/problem'
import { type Access, ANYONE } from '../access'
import { domainOfKey } from '../auth'
import { readJson } from '../body'
import { answerMcp } from '../mcp/answerMcp'
import { jsonRpcAnswer, jsonRpcCall } from '../mcp/jsonRpcCall'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** A key is for one site; the admin token names one in the address. */
const READER_BY_KEY: Access = { who: 'read key', domain: c => c.req.query('site') ?? domainOfKey(c) }

/** Nothing is kept between requests, so there is no stream to listen to and no session to end. */
const onlyPost = () => {
  throw new Problem(405, 'method_not_allowed', 'Send calls of the Model Context Protocol with POST.')
}

/**
 * `POST /mcp`: the Model Context Protocol, by which agents ask for metrics.
 * @see https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http
 */
export const mcpRoutes = [
  route('POST', '/mcp', READER_BY_KEY, async c => {
    const call = jsonRpcCall(await readJson(c.req.raw, LIMITS.bodyBytes))
    if (call.id === null) return c.body(null, 202)
    return c.json(await jsonRpcAnswer(call, () => answerMcp(siteOf(c), call)))
  }),
  route('GET', '/mcp', ANYONE, onlyPost),
  route('DELETE', '/mcp', ANYONE, onlyPost),
]
