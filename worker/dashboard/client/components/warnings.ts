import { noPreviousData } from '../../../../shared/noPreviousData'
import type { Answer } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { dayText } from '../format/dayText'
import { comparedIn } from './bucketValues'
import { h } from './h'

const { changes } = clientFrameTexts

/** The warnings of an answer; that there is no previous data in the page's language. */
const textsOf = (answer: Answer): readonly string[] => {
  const { warnings: all, first_day: firstDay } = answer.meta
  const from = comparedIn(answer)?.from
  if (firstDay === undefined || from === undefined) return all
  const text =
    firstDay === null
      ? changes.noDataYet
      : fill(changes.noPreviousBefore, { from: dayText(from), first: dayText(firstDay) })
  return all.map(warning => (warning === noPreviousData(from, firstDay) ? text : warning))
}

/** The warnings of an answer. A page shows each once, see `hideRepeatedWarnings`. */
export const warnings = (answer: Answer | undefined): HTMLElement[] =>
  (answer ? textsOf(answer) : []).map(warning => h('p', { class: 'note', 'data-warning': true }, warning))
