import { ImportFailure } from '../../../../shared/importers/importFailure'
import { fill } from '../../texts/fill'
import { importsTexts } from '../../texts/imports'
import { ApiError } from '../state/apiError'
import { ImportStopped } from './importStopped'

/** The importers name options of the command. Here they are fields. */
const inForm = (text: string): string =>
  text.replaceAll('--website', importsTexts.websiteField).replaceAll('--before', importsTexts.beforeField)

/** Why an import ended early, as a sentence for its reader. */
export const importProblem = (error: unknown): string => {
  if (error instanceof ImportStopped) return importsTexts.cancelled
  if (error instanceof ImportFailure) return inForm(error.message)
  if (error instanceof ApiError) return fill(importsTexts.notComparable, { problem: error.message })
  const reason = error instanceof Error ? error.message : String(error)
  return fill(importsTexts.damaged, { problem: reason })
}

/** A line of the report, with the names of fields. */
export const reportLine = inForm
