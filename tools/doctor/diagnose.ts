import { type Finding, finding } from './finding.ts'
import { type OwnerOptions, ownerChecks } from './ownerChecks.ts'
import { publicChecks } from './publicChecks.ts'
import { fieldOf, request } from './request.ts'

const LOCAL = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/

const httpsFault = (url: string): string | false => {
  const { protocol, hostname } = new URL(url)
  return (
    protocol !== 'https:' &&
    !LOCAL.test(hostname) &&
    'The address is not https: anybody on the way can read the admin token, which was not sent. Use the https address.'
  )
}

const reachableFault = async (url: string): Promise<string | false> => {
  const health = await request(`${url}/health`)
  if (health === null) return `Nothing answers at ${url}: check the address, and that the collector is running.`
  const status = fieldOf(health, 'status')
  if (status === 'unavailable') return 'The Worker cannot read its database: its log says why.'
  return status !== 'ok' && `What answers at ${url} is not a collector: check the address and its routes.`
}

/**
 * Checks a collector from outside and, with its admin token, from inside.
 * @example await diagnose({ url: 'https://stats.example.com', adminToken, migrations, now: Date.now })
 */
export const diagnose = async (options: OwnerOptions): Promise<Finding[]> => {
  const { url } = options
  const https = finding('https', httpsFault(url))
  const health = finding('health', await reachableFault(url))
  if (health.fault?.startsWith('Nothing answers')) return [https, health]
  const inside = https.fault === null ? await ownerChecks(options) : []
  return [https, health, ...inside, ...(await publicChecks(url))]
}
