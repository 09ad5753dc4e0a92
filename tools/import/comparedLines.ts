import { compareImport, isComparedAtOnce } from '../../shared/importers/compareImport.ts'
import { describeComparison, NOTHING_TO_COMPARE } from '../../shared/importers/describeComparison.ts'
import type { ImportSource } from '../../shared/importers/importFormat.ts'
import type { ImportRun } from '../../shared/importers/importRun.ts'
import { CommandFailure } from '../failure.ts'
import type { Owner } from '../server/owner.ts'

const UNREADABLE = 'A write key cannot read figures. To compare them, set ADMIN_TOKEN and omit --key.'

const LATER =
  'Footfall is still building sessions from these rows. In a few minutes, run the same command with --compare to see both tools’ figures.'

/** The tool's figures beside Footfall's as lines of text, or why they cannot be compared. The import is done either way. */
export const comparedLines = async (
  run: ImportRun,
  { tool }: ImportSource,
  owner: Owner | null,
  domain: string,
): Promise<readonly string[]> => {
  if (owner === null) return [UNREADABLE]
  try {
    const compared = await compareImport(run, domain, async question =>
      JSON.parse((await owner.call('POST', '/api/v1/query', { body: JSON.stringify(question) })).text),
    )
    return compared === null ? [NOTHING_TO_COMPARE] : describeComparison(compared, tool, run.format.differs)
  } catch (error) {
    if (error instanceof CommandFailure) return [`The figures cannot be compared yet: ${error.message}`]
    throw error
  }
}

/** The same at the end of an import, unless it was large. */
export const comparedAtOnce: typeof comparedLines = async (run, source, owner, domain) =>
  owner === null || isComparedAtOnce(run) ? comparedLines(run, source, owner, domain) : [LATER]
