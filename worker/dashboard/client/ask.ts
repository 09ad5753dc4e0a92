import type { Answer, Question } from '../../../shared/question'

/** What the API refused, in its own words. */
export class Refusal extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const UNREACHABLE = new Refusal('unreachable', 'The server could not be reached; check the connection and try again.')

const refusalOf = async (response: Response): Promise<Refusal> => {
  const body = (await response.json().catch(() => null)) as { error?: { code: string; message: string } } | null
  const { code = 'unavailable', message = `The server answered ${response.status}.` } = body?.error ?? {}
  return new Refusal(code, message)
}

/**
 * A request to the API as who has signed in. Who no longer is sees the sign-in form, and comes back to this view.
 * @throws Refusal
 */
export const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(path, init).catch(error => {
    throw init.signal?.aborted ? error : UNREACHABLE
  })
  if (response.status === 401) location.reload()
  if (!response.ok) throw await refusalOf(response)
  return response
}

const post = (body: unknown, accept: string, signal?: AbortSignal): Promise<Response> =>
  call('/api/v1/query', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

/**
 * Asks `POST /api/v1/query`.
 * @throws Refusal
 */
export const ask = async (question: Question, signal?: AbortSignal): Promise<Answer> =>
  (await post(question, 'application/json', signal)).json()

/**
 * The same as CSV.
 * @throws Refusal
 */
export const askCsv = async (question: Question): Promise<string> => (await post(question, 'text/csv')).text()
