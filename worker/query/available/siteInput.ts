import { IMPORTS } from '../../../shared/imports'
import { HOUR } from '../../../shared/time'
import { dayOf } from '../../lib/calendar'
import { type Database, firstRow } from '../../storage/database'
import type { SiteConfig } from '../../storage/siteConfig'
import availabilitySelect from '../../storage/sql/availability.select.sql'
import type { StoredStates } from './metricState'

/** The kinds of data that a site has. */
export interface SiteInput {
  /** Ids of the built-in events that were ever sent. */
  readonly events: ReadonlySet<number>
  readonly imports: ReadonlySet<string>
  readonly hasPersistentIds: boolean
  readonly hasIdentities: boolean
  /** True if the site has a page view, an event or an imported day. */
  readonly hasActivity: boolean
  /** True if the site has no page view, no event and no import. */
  readonly isEmpty: boolean
  /** The local day; 0 until a day is rolled up. */
  readonly day: number
}

/** Here a day begins this long after midnight, when the day before is usually rolled up. */
const AFTER_MIDNIGHT = 2 * HOUR

const KINDS = JSON.stringify(IMPORTS.map(({ kind }) => kind))

const listIn = <T>(value: unknown): T[] => JSON.parse(String(value ?? '[]'))

/** Reads the kinds of data that a site has, and the stored states of its metrics. */
export const readSiteInput = async (
  db: Database,
  { id, timezone, imported }: SiteConfig,
  now: number,
): Promise<{ readonly input: SiteInput; readonly stored: StoredStates }> => {
  const row = await firstRow(db, availabilitySelect, id, KINDS, Math.floor(now / HOUR))
  const imports = new Set([...listIn<string>(row?.imports), ...(imported ? ['days'] : [])])
  return {
    input: {
      events: new Set(listIn<number>(row?.events)),
      imports,
      hasPersistentIds: Boolean(row?.persistent),
      hasIdentities: Boolean(row?.identities),
      hasActivity: Boolean(row?.activity) || imported !== null,
      isEmpty: !row?.activity && imports.size === 0,
      day: row?.until ? dayOf(now - AFTER_MIDNIGHT, timezone) : 0,
    },
    stored: JSON.parse(String(row?.metrics ?? '{}')),
  }
}
