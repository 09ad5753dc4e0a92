import { ApiError } from './apiError'

const UNREACHABLE = new ApiError('unreachable', 'Couldn’t reach the server. Check your connection and try again.')

const errorOf = async (response: Response): Promise<ApiError> => {
  const body = (await response.json().catch(() => null)) as { error?: { code: string; message: string } } | null
  const { code = 'unavailable', message = `The server responded with ${response.status}.` } = body?.error ?? {}
  return new ApiError(code, message)
}

/**
 * Calls the API as the signed-in reader. Without a session, the page reloads as the sign-in form and later returns to this view.
 * @throws ApiError
 */
export const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(path, init).catch(error => {
    throw init.signal?.aborted ? error : UNREACHABLE
  })
  if (response.status === 401) location.reload()
  if (!response.ok) throw await errorOf(response)
  return response
}
