import { isWeakAdminToken, WEAK_ADMIN_TOKEN } from '../../shared/adminToken.ts'
import { type CollectorPaths, DEFAULT_PATHS } from '../../shared/collectorPaths.ts'
import { MINUTE } from '../../shared/time.ts'
import { type BucketState, bucketFindings } from './bucketFindings.ts'
import { type Finding, finding } from './finding.ts'
import { type Answered, fieldOf, request } from './request.ts'

/** The answer of `GET /api/v1/doctor`. */
interface Diagnosis {
  readonly time: string
  readonly platform: 'cloudflare' | 'local'
  readonly bindings: Readonly<Record<string, boolean>>
  readonly database: string
  readonly migrations: readonly string[] | null
  readonly cron: string | null
  /** By name; absent from earlier releases. */
  readonly buckets?: Readonly<Record<string, BucketState | null>>
  readonly paths: CollectorPaths
  /** Why the owner's choice of paths is not used. */
  readonly paths_fault: { readonly message: string } | null
}

export interface OwnerOptions {
  readonly url: string
  /** Empty when none is known. */
  readonly adminToken: string
  /** Names of the migrations of this release. */
  readonly migrations: readonly string[]
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Milliseconds. The cron runs every five minutes. */
const LONGEST_WITHOUT_CRON = 15 * MINUTE
const LARGEST_DIFFERENCE = MINUTE

/** Bindings a collector needs; a queue is optional. One's own server has one isolate, which needs no common limits. */
const NEEDED = { cloudflare: ['DB', 'BEACONS', 'CALLS'], local: ['DB'] } as const

/** How a release is brought to where it runs. */
const UPDATE = { cloudflare: 'run npm run deploy', local: 'restart the server' } as const

const LOG = 'the log of the Worker says why (npx wrangler tail, or the output of your own server)'

const tokenFault = (answered: Answered | null, { adminToken }: OwnerOptions): string | null => {
  if (adminToken === '') return 'No admin token is known: set ADMIN_TOKEN in the environment.'
  if (isWeakAdminToken(adminToken)) return `${WEAK_ADMIN_TOKEN}.`
  if (answered?.status === 200) return null
  if (answered?.status === 404) return 'The collector is of an earlier release: run npm run deploy.'
  if (answered?.status === 401) {
    return 'The collector has another admin token: set ADMIN_TOKEN to it, or replace it with npx wrangler secret put ADMIN_TOKEN.'
  }
  const message = fieldOf(answered, 'error', 'message')
  return typeof message === 'string' ? message : `The collector responds with ${answered?.status ?? 'nothing'}.`
}

const bindingFault = (name: string, { bindings }: Diagnosis): string | false =>
  !bindings[name] && `The Worker has no binding ${name}: restore its lines in wrangler.toml and run npm run deploy.`

const databaseFault = ({ database }: Diagnosis): string | false =>
  database !== 'ok' && `The Worker cannot read its database (${database}): ${LOG}.`

const migrationsFault = ({ migrations, platform }: Diagnosis, known: readonly string[]): string | false => {
  if (migrations === null) return `The applied migrations cannot be read: ${UPDATE[platform]}.`
  const missing = known.filter(name => !migrations.includes(name))
  if (missing.length > 0) return `The database lacks ${missing.join(', ')}: ${UPDATE[platform]}.`
  const unknown = migrations.filter(name => !known.includes(name))
  return (
    unknown.length > 0 &&
    `The database has ${unknown.join(', ')}, which this release does not: run git pull, npm ci, and ${UPDATE[platform]}.`
  )
}

const minutesText = (milliseconds: number): string => `${Math.round(milliseconds / MINUTE)} minutes`

const cronFault = ({ cron, time, platform }: Diagnosis): string | false => {
  if (cron === null) {
    return `The cron has never run, so no session becomes final: check [triggers] in wrangler.toml, ${UPDATE[platform]} and wait 5 minutes.`
  }
  const age = Date.parse(time) - Date.parse(cron)
  return age > LONGEST_WITHOUT_CRON && `The cron last ran ${minutesText(age)} ago instead of within 15: ${LOG}.`
}

/** The moment on this machine's clock is the middle of the request. */
const clockFault = ({ time }: Diagnosis, asked: number, answered: number): string | false => {
  const difference = Date.parse(time) - (asked + answered) / 2
  const side = difference > 0 ? 'ahead of' : 'behind'
  return (
    Math.abs(difference) > LARGEST_DIFFERENCE &&
    `The collector's clock is ${minutesText(Math.abs(difference))} ${side} this machine's: set both by NTP.`
  )
}

/** The first of the chosen paths that does not work. Files are chosen by a deploy, and beacons by the Worker. */
const pathsFault = async (url: string, { paths, paths_fault, platform }: Diagnosis): Promise<string | null> => {
  if (paths_fault) return paths_fault.message
  const { endpoint } = paths
  for (const path of [paths.script, paths.views]) {
    const file = await request(`${url}${path}`)
    if (file?.status !== 200 || !file.text.includes(`${endpoint}"`))
      return `${path} is not a script that sends to ${endpoint}: ${UPDATE[platform]}.`
  }
  const beacon = await request(`${url}${endpoint}`, { method: 'POST', body: '{' })
  return fieldOf(beacon, 'error', 'code') === 'bad_json'
    ? null
    : `POST ${endpoint} responds with ${beacon?.status ?? 'nothing'} where it should reject a body with bad_json: ${UPDATE[platform]}.`
}

const isChosen = ({ paths, paths_fault }: Diagnosis): boolean =>
  paths_fault !== null || paths.script !== DEFAULT_PATHS.script || paths.endpoint !== DEFAULT_PATHS.endpoint

/** The checks that need the admin token. */
export const ownerChecks = async (options: OwnerOptions): Promise<Finding[]> => {
  const { url, adminToken, migrations, now } = options
  const asked = now()
  const headers = { authorization: `Bearer ${adminToken}` }
  const answered = adminToken === '' ? null : await request(`${url}/api/v1/doctor`, { headers })
  const token = finding('admin token', tokenFault(answered, options))
  if (answered?.status !== 200) return [token]
  const diagnosis: Diagnosis = JSON.parse(answered.text)
  return [
    token,
    ...NEEDED[diagnosis.platform].map(name => finding(`binding ${name}`, bindingFault(name, diagnosis))),
    finding('database', databaseFault(diagnosis)),
    finding('migrations', migrationsFault(diagnosis, migrations)),
    finding('cron', cronFault(diagnosis)),
    finding('clock', clockFault(diagnosis, asked, now())),
    ...(diagnosis.platform === 'cloudflare' ? bucketFindings(diagnosis.buckets ?? {}, Date.parse(diagnosis.time)) : []),
    ...(isChosen(diagnosis) ? [finding('chosen paths', await pathsFault(url, diagnosis))] : []),
  ]
}
