import type { ImportedEvent, ImportFormat, ReadOptions } from '../importFormat.ts'
import { readJsonObjects } from '../readJsonObjects.ts'
import { countMatomo } from './countMatomo.ts'
import { MATOMO_DIFFERS } from './matomoDiffers.ts'
import { matomoEvents } from './matomoEvents.ts'
import { isMatomoObject, type MatomoObject, textOf } from './matomoObject.ts'

const visitOf = (text: string): MatomoObject | null => {
  try {
    const visit: unknown = JSON.parse(text)
    return isMatomoObject(visit) && Array.isArray(visit.actionDetails) ? visit : null
  } catch {
    return null
  }
}

/** Reads visits of one site: the one that was named, or the first. */
const visitReader = ({ website, leaveOut, figures }: ReadOptions): ((text: string) => ImportedEvent[]) => {
  let chosen = website
  return text => {
    const visit = visitOf(text)
    if (visit === null) {
      leaveOut('objects that are not visits')
      return []
    }
    const site = textOf(visit.idSite)
    if (chosen === '') chosen = site
    if (site === chosen) {
      if (figures) countMatomo(visit, figures)
      return matomoEvents(visit, leaveOut)
    }
    leaveOut('visits of other sites: name the one to import with --website')
    return []
  }
}

/**
 * Matomo's visits as its API answers them, as an array or one a line.
 * @see https://developer.matomo.org/api-reference/reporting-api#Live
 */
export const matomoLive: ImportFormat = {
  takes: 'the answers of its API method Live.getLastVisitsDetails as JSON',
  differs: MATOMO_DIFFERS,
  fits: starts => starts.some(({ text }) => /"idVisit"/.test(text) && /"actionDetails"/.test(text)),
  async *read(files, options) {
    const toEvents = visitReader(options)
    const tooLong = () => options.leaveOut('visits that are too long')
    for (const file of files)
      for await (const visits of readJsonObjects(file.open(), tooLong))
        yield { kind: 'events', rows: visits.flatMap(toEvents) }
  },
}
