import { isFields } from '../../collect/parse/fields'
import { Problem } from '../../lib/problem'

/** The codes of JSON-RPC for what is wrong with a call. */
export const JSON_RPC_CODES = { methodNotFound: -32601, invalidParams: -32602 } as const

/** An error that is answered as JSON-RPC says. */
export class JsonRpcError extends Error {
  readonly code: number

  constructor(kind: keyof typeof JSON_RPC_CODES, message: string) {
    super(message)
    this.code = JSON_RPC_CODES[kind]
  }
}

/** A call; without an id it is a notification, which is not answered. */
export interface JsonRpcCall {
  readonly id: string | number | null
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/**
 * A call from the body of a request.
 * @throws Problem `bad_shape`, also for a batch, whose calls could cost any number of statements
 */
export const jsonRpcCall = (body: unknown): JsonRpcCall => {
  if (!isFields(body) || body.jsonrpc !== '2.0' || typeof body.method !== 'string')
    throw new Problem(400, 'bad_shape', 'Send one JSON-RPC 2.0 call with a "method", as a JSON object.')
  const { id, method, params } = body
  const isNamed = typeof id === 'string' || typeof id === 'number'
  return { id: isNamed ? id : null, method, params: isFields(params) ? params : {} }
}

/** The answer to a call, or to its error. */
export const jsonRpcAnswer = async ({ id }: JsonRpcCall, result: () => unknown) => {
  try {
    return { jsonrpc: '2.0', id, result: await result() }
  } catch (error) {
    if (!(error instanceof JsonRpcError)) throw error
    return { jsonrpc: '2.0', id, error: { code: error.code, message: error.message } }
  }
}
