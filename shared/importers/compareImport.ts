import { type ComparedDays, compareDays } from './compareDays.ts'
import { type AskFootfall, footfallFigures } from './footfallFigures.ts'
import type { ImportRun } from './importRun.ts'

/** Puts what the tool counted beside what Footfall counts after the import; `null` when the file holds no figure. */
export const compareImport = async (
  { toolDays }: Pick<ImportRun, 'toolDays'>,
  domain: string,
  ask: AskFootfall,
): Promise<ComparedDays | null> => {
  const tool = toolDays()
  return compareDays(tool, await footfallFigures(ask, domain, [...tool.keys()]))
}
