import { type Finding, finding } from './finding.ts'
import { type Answered, fieldOf, request } from './request.ts'

const REDEPLOY = 'Run npm run deploy or restart your own server, and let nothing in front of it change its answers.'

const isOpen = ({ headers }: Answered): boolean => headers.get('access-control-allow-origin') === '*'

const isOfType = ({ headers }: Answered, type: string): boolean => (headers.get('content-type') ?? '').startsWith(type)

const tagFault = async (url: string): Promise<string | null> => {
  const tag = await request(`${url}/s.js`)
  if (tag?.status !== 200)
    return `GET /s.js responds with ${tag?.status ?? 'nothing'} instead of the script. ${REDEPLOY}`
  if (!isOfType(tag, 'text/javascript')) {
    return `/s.js has the content type "${tag.headers.get('content-type')}", which browsers do not run. ${REDEPLOY}`
  }
  if (!isOpen(tag) || tag.headers.get('cross-origin-resource-policy') !== 'cross-origin') {
    return `Other sites may not load /s.js, as its CORS headers are missing. ${REDEPLOY}`
  }
  const etag = tag.headers.get('etag')
  const again = etag === null ? null : await request(`${url}/s.js`, { headers: { 'if-none-match': etag } })
  if (again?.status !== 304) return `Browsers cannot revalidate /s.js, as it has no working ETag. ${REDEPLOY}`
  return null
}

const TYPES = [
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
] as const

/** The first file of the dashboard's page that is not served as what it is. */
const dashboardFault = async (url: string): Promise<string | null> => {
  const page = await request(`${url}/`)
  if (page?.status !== 200) return `GET / responds with ${page?.status ?? 'nothing'} instead of the page to sign in.`
  const files = [...page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  if (files.length === 0) return 'The page to sign in names no file: the address belongs to another program.'
  for (const file of files) {
    const answered = await request(`${url}${file}`)
    const type = TYPES.find(([extension]) => file.endsWith(extension))?.[1] ?? ''
    if (answered?.status !== 200 || !isOfType(answered, type)) {
      return `The dashboard's file ${file} is missing: assets and Worker are of different releases. ${REDEPLOY}`
    }
  }
  return null
}

const preflightFault = async (url: string): Promise<string | null> => {
  const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' }
  const answered = await request(`${url}/v1/e`, { method: 'OPTIONS', headers })
  const isAllowed = answered !== null && answered.status < 300 && isOpen(answered)
  return isAllowed
    ? null
    : `Browsers may not send to /v1/e, as the answer to a preflight lacks CORS headers. ${REDEPLOY}`
}

/** A beacon that is not JSON stores nothing, whatever the database does. */
const beaconFault = async (url: string): Promise<string | null> => {
  const answered = await request(`${url}/v1/e`, { method: 'POST', body: '{' })
  const code = fieldOf(answered, 'error', 'code')
  if (code !== 'bad_json') {
    return `POST /v1/e responds with ${code ?? answered?.status ?? 'nothing'} where it should reject a body with bad_json. ${REDEPLOY}`
  }
  return answered && isOpen(answered)
    ? null
    : `Pages cannot read the answers of /v1/e without CORS headers. ${REDEPLOY}`
}

/** What anybody can check. */
export const publicChecks = async (url: string): Promise<Finding[]> => [
  finding('tag', await tagFault(url)),
  finding('files of the dashboard', await dashboardFault(url)),
  finding('preflight of a beacon', await preflightFault(url)),
  finding('beacon', await beaconFault(url)),
]
