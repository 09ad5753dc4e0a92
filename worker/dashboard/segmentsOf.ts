import type { SiteSettings } from '../../shared/settings'
import { filtersOf } from '../query/parse/filtersOf'
import { dimensionsOf } from '../relations/sql/queryFilter'
import type { SegmentData } from './page'

/** Metrics take `has_done` where they take dimensions of sessions, such as this one. */
const OF_SESSIONS = 'country'

/** The segments of a site, with the dimensions that their filters are on. */
export const segmentsOf = ({ segments }: Pick<SiteSettings, 'segments'>): SegmentData[] =>
  segments.map(({ id, name, filters }) => {
    const dimensions = dimensionsOf(filtersOf(filters, null)).map(on => (on.id === 'has_done' ? OF_SESSIONS : on.id))
    return { id, name, dimensions: [...new Set(dimensions)] }
  })
