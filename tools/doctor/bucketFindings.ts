import { HOUR } from '../../shared/time.ts'
import type { Finding } from './finding.ts'

/** A bucket as `GET /api/v1/doctor` reports it. */
export interface BucketState {
  /** The site whose last file is the oldest; `null` without any site. */
  readonly site: string | null
  /** When that file was written, ISO 8601; `null` for never. */
  readonly last: string | null
  readonly failure: string | null
}

interface BucketRule {
  /** What it is for, completing "There are". */
  readonly purpose: string
  readonly document: string
  /** Hours after which a file of each site must follow; `null` where a day without traffic has none. */
  readonly every: number | null
}

const RULES: Readonly<Record<string, BucketRule>> = {
  EXPORTS: { purpose: 'exports to R2', document: 'docs/deploy.md, "Exports to R2"', every: null },
  BACKUPS: { purpose: 'backups on a schedule', document: 'docs/deploy.md, "Backups on a schedule"', every: 48 },
}

const LOG = 'npx wrangler tail shows the log, whose lines of the jobs export and backup say why'

const faultOf = (name: string, { site, last, failure }: BucketState, { every }: BucketRule, now: number) => {
  if (failure !== null)
    return `The bucket ${name} cannot be read (${failure}): check its name in wrangler.toml, that it exists (npx wrangler r2 bucket list), and run npm run deploy.`
  if (every === null || site === null) return null
  if (last === null)
    return `No backup of ${site} is complete. The first one takes some runs of the cron; if none follows, ${LOG}.`
  const hours = Math.floor((now - Date.parse(last)) / HOUR)
  return hours <= every ? null : `The last backup of ${site} is ${hours} hours old, where one a day is written: ${LOG}.`
}

const noteOf = ({ site, last }: BucketState): string => {
  if (site === null) return 'bound; there is no site to write files of'
  return last === null
    ? `bound; nothing is written of ${site} yet: the first file follows once a day is finished`
    : `the last file of ${site} was written ${last.slice(0, 16).replace('T', ' ')} UTC`
}

/** Whether each bucket for files of the cron is bound, and what was last written to it. */
export const bucketFindings = (
  buckets: Readonly<Record<string, BucketState | null>>,
  /** Epoch milliseconds. */
  now: number,
): readonly Finding[] =>
  Object.entries(RULES).flatMap(([name, rule]) => {
    const state = buckets[name]
    if (state === undefined) return []
    const check = `bucket ${name}`
    if (state === null)
      return [{ check, fault: null, note: `not bound, so there are no ${rule.purpose}; ${rule.document} says how` }]
    const fault = faultOf(name, state, rule, now)
    return [{ check, fault, ...(fault === null && { note: noteOf(state) }) }]
  })
