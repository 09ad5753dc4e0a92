import { ImportFailure } from '../../../../shared/importers/importFailure'
import { ApiError } from '../state/apiError'
import { ImportStopped } from './importStopped'

/** The importers name options of the command. Here they are fields. */
const inForm = (text: string): string =>
  text.replaceAll('--website', 'the field “Website”').replaceAll('--before', 'The field “Only before”')

/** Why an import ended early, as a sentence for its reader. */
export const importProblem = (error: unknown): string => {
  if (error instanceof ImportStopped)
    return 'Cancelled. Rows already sent are kept. Import the same files again to add the others.'
  if (error instanceof ImportFailure) return inForm(error.message)
  if (error instanceof ApiError) return `The figures can’t be compared yet: ${error.message}`
  const reason = error instanceof Error ? error.message : String(error)
  return `The files are damaged or incomplete (${reason}). Download or export them again.`
}

/** A line of the report, with the names of fields. */
export const reportLine = inForm
