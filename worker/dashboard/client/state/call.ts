import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { ApiError } from './apiError'
import { PAGE } from './page'

const { errors } = clientFrameTexts

const UNREACHABLE = new ApiError('unreachable', errors.unreachable)

const errorOf = async (response: Response): Promise<ApiError> => {
  const body = (await response.json().catch(() => null)) as { error?: { code: string; message: string } } | null
  const { code = 'unavailable', message = fill(errors.status, { status: response.status }) } = body?.error ?? {}
  return new ApiError(code, message)
}

/** Viewers of shared pages have no cookie, which browsers block in frames of other sites. */
const withKey = (init: RequestInit): RequestInit =>
  PAGE.shared
    ? { ...init, credentials: 'omit', headers: { ...init.headers, authorization: `Bearer ${PAGE.shared.key}` } }
    : init

/**
 * Calls the API as the signed-in reader, or as the viewer of shared pages. Without a session, the page reloads as the form to
 * sign in, or says what is wrong with the share, and later returns to this view.
 * @throws ApiError
 */
export const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(path, withKey(init)).catch(error => {
    throw init.signal?.aborted ? error : UNREACHABLE
  })
  if (response.status === 401) location.reload()
  if (!response.ok) throw await errorOf(response)
  return response
}
