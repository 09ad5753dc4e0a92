import { type ComparedDays, compareDays } from './compareDays.ts'
import { type AskFootfall, footfallFigures } from './footfallFigures.ts'
import type { ImportRun } from './importRun.ts'

/** Rows of events. Sessions of more of them take long to form, which the cron does in the background. */
const MOST_AT_ONCE = 50_000

/** Whether figures can be compared as soon as the rows are stored. */
export const isComparedAtOnce = ({ tally }: Pick<ImportRun, 'tally'>): boolean =>
  !tally.hasEvents || tally.rows <= MOST_AT_ONCE

/** Puts what the tool counted beside what Footfall counts after the import; `null` when the file holds no figure. */
export const compareImport = async (
  { toolDays }: Pick<ImportRun, 'toolDays'>,
  domain: string,
  ask: AskFootfall,
): Promise<ComparedDays | null> => {
  const tool = toolDays()
  return compareDays(tool, await footfallFigures(ask, domain, [...tool.keys()]))
}
