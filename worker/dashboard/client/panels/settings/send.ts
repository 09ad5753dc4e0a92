import { call } from '../../state/call'
import { PAGE } from '../../state/page'

/** The API address of this site, or one below it. */
export const sitePath = (below = ''): string => `/api/v1/sites/${encodeURIComponent(PAGE.site?.domain ?? '')}${below}`

/**
 * Sends a change to the API.
 * @throws ApiError
 */
export const send = (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Response> =>
  call(path, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
