import { getPath } from 'hono/utils/url'
import { DEFAULT_PATHS } from '../../shared/collectorPaths'
import type { Env } from '../env'
import { pathsOf } from './pathsOf'

/** A `data-api` with a slash at its end leads to two. */
const withoutSlash = (path: string): string => (path.startsWith('//') ? path.slice(1) : path)

/** The path by which a request is routed: beacons to the endpoint that the owner chose take the route of all beacons. */
export const routedPath = (request: Request, options?: { readonly env?: Env | undefined }): string => {
  const path = getPath(request)
  if (path === DEFAULT_PATHS.endpoint) return path
  const { endpoint } = pathsOf(options?.env ?? ({} as Env)).paths
  const isBeacon = [endpoint, DEFAULT_PATHS.endpoint].includes(withoutSlash(path))
  return isBeacon ? DEFAULT_PATHS.endpoint : path
}
