import { accessLog } from './accessLog/accessLog.ts'
import { fathom } from './fathom/fathom.ts'
import { ga4 } from './ga4/ga4.ts'
import { ImportFailure } from './importFailure.ts'
import type { FileStart, ImportFormat, ImportSource } from './importFormat.ts'
import { matomo } from './matomo/matomo.ts'
import { plausible } from './plausible/plausible.ts'
import { umami } from './umami/umami.ts'

/** The one list of tools whose history can be imported, each with the formats that it exports. */
export const IMPORT_SOURCES: readonly ImportSource[] = [accessLog, fathom, ga4, matomo, plausible, umami]

/** @throws ImportFailure when there is no such source */
export const importSource = (name: string): ImportSource => {
  const found = IMPORT_SOURCES.find(({ source }) => source === name)
  if (found) return found
  const names = IMPORT_SOURCES.map(({ source }) => source).join(', ')
  throw new ImportFailure(`"${name}" is not a source. The sources are: ${names}.`)
}

/** @throws ImportFailure when the files are of none of the source's formats */
export const formatOf = ({ tool, formats }: ImportSource, starts: readonly FileStart[]): ImportFormat => {
  const found = formats.find(format => format.fits(starts))
  if (found) return found
  const names = starts.map(({ name }) => name)
  const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} …` : names.join(', ')
  throw new ImportFailure(
    `${shown || 'The file'} is not ${/^[AEIOU]/.test(tool) ? 'an' : 'a'} ${tool} export that Footfall can read. Provide ${formats.map(({ takes }) => takes).join('; or ')}.`,
  )
}
