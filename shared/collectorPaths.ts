/** Where a collector serves its scripts and takes beacons. */
export interface CollectorPaths {
  readonly script: string
  /** The script without clicks, links, data attributes and guides. */
  readonly views: string
  readonly endpoint: string
}

/** These work on every collector, whatever paths its owner chose. */
export const DEFAULT_PATHS: CollectorPaths = { script: '/s.js', views: '/v.js', endpoint: '/v1/e' }

/** The owner's choice in wrangler.toml or the environment. An empty one counts as absent. */
export interface PathVariables {
  /** The path of the script; after a comma, that of the script without clicks. */
  readonly SCRIPT_PATH?: string | undefined
  readonly ENDPOINT_PATH?: string | undefined
}

interface PathFault {
  readonly code: 'bad_script_path' | 'bad_endpoint_path'
  /** One sentence that says how to fix it. */
  readonly message: string
}

/** The first path segments of the collector's own routes and files. */
export const RESERVED_SEGMENTS: readonly string[] = [
  'add',
  'ai',
  'api',
  'assets',
  'cart',
  'coverage',
  'demo',
  'excluded',
  'feedback',
  'goals',
  'growth',
  'health',
  'hooks',
  'icon.svg',
  'invite',
  'login',
  'logout',
  'm',
  'manifest.json',
  'manifest.webmanifest',
  'mcp',
  'metrics',
  'now',
  'onboarding',
  'overview',
  'reports',
  'retention',
  'settings',
  'share',
  'shop',
  'sites',
  'speed',
  'tag',
  'users',
  'v1',
]

/** The folder of a path, empty for the root. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

const withSlash = (path: string): string => (path.startsWith('/') ? path : `/${path}`)

const LONGEST = 200

const isPath = (path: string): boolean => path.length <= LONGEST && /^(?:\/[\w~-][\w.~-]*)+$/.test(path)

const isReserved = (path: string): boolean => RESERVED_SEGMENTS.includes(path.split('/')[1]?.toLowerCase() ?? '')

const quoted = (name: string, path: string): string => `${name} has "${path.slice(0, LONGEST)}", but`

const scriptFault = (path: string): string | null => {
  if (!isPath(path) || !path.endsWith('.js'))
    return `${quoted('SCRIPT_PATH', path)} must be a path such as /hello.js: letters, digits and ._~- between slashes, and .js at its end.`
  return isReserved(path)
    ? `${quoted('SCRIPT_PATH', path)} other addresses of the collector begin like this. Choose another path.`
    : null
}

const endpointFault = (path: string, { script, views }: CollectorPaths): string | null => {
  if (path === DEFAULT_PATHS.endpoint) return null
  if (!isPath(path))
    return `${quoted('ENDPOINT_PATH', path)} must be a path such as /hi: letters, digits and ._~- between slashes.`
  const isTaken = [script, views].some(file => path === file || path.startsWith(`${folderOf(file)}/m/`))
  return isTaken || isReserved(path) || path.endsWith('.js')
    ? `${quoted('ENDPOINT_PATH', path)} the collector has files or other addresses there. Choose another path.`
    : null
}

/**
 * The paths that the owner chose, or the default ones and what is wrong with the choice.
 * @example collectorPaths({ SCRIPT_PATH: '/hello.js' }).paths // { script: '/hello.js', views: '/v.js', endpoint: '/v1/e' }
 */
export const collectorPaths = ({
  SCRIPT_PATH = '',
  ENDPOINT_PATH = '',
}: PathVariables): { readonly paths: CollectorPaths; readonly fault: PathFault | null } => {
  const chosen = (SCRIPT_PATH.match(/[^\s,]+/g) ?? []).map(withSlash)
  const [script = DEFAULT_PATHS.script, views = DEFAULT_PATHS.views] = chosen
  const endpoint = ENDPOINT_PATH.trim() === '' ? DEFAULT_PATHS.endpoint : withSlash(ENDPOINT_PATH.trim())
  const paths = { script, views, endpoint }
  const wrong = chosen.length > 2 || script === views
  const badScript = wrong
    ? `SCRIPT_PATH is "${SCRIPT_PATH.slice(0, LONGEST)}", but must be one path or two different ones, separated by a comma.`
    : [script, views].map(scriptFault).find(fault => fault !== null)
  if (badScript) return { paths: DEFAULT_PATHS, fault: { code: 'bad_script_path', message: badScript } }
  const badEndpoint = endpointFault(endpoint, paths)
  if (badEndpoint) return { paths: DEFAULT_PATHS, fault: { code: 'bad_endpoint_path', message: badEndpoint } }
  return { paths, fault: null }
}
