import {
  comparedCells,
  comparedHeads,
  comparedTitle,
  explainComparison,
  NOTHING_TO_COMPARE,
} from '../../../../shared/importers/describeComparison'
import type { ImportSource } from '../../../../shared/importers/importFormat'
import { importsTexts } from '../../texts/imports'
import { type Child, h } from '../components/h'
import { table } from '../components/table'
import { importProblem, reportLine } from './importProblem'
import type { ImportAction, ImportReport } from './runImport'

const comparedTable = ({ comparison, run }: ImportReport, { tool }: ImportSource): readonly Child[] => {
  if (!comparison || !run) return []
  const title = comparedTitle(comparison, tool)
  const heads = comparedHeads(comparison).map((text, place) => ({ text, number: place > 0 }))
  return [
    h('h3', {}, title),
    table(title, heads, [...comparison.rows, comparison.total].map(comparedCells)),
    h('ul', { class: 'hints' }, ...explainComparison(comparison, run.format.differs).map(text => h('li', {}, text))),
  ]
}

const headingOf = ({ run }: ImportReport, { tool }: ImportSource, action: ImportAction): string =>
  `${tool}${run ? `: ${run.format.takes}` : ''}.${action !== 'import' ? ` ${importsTexts.nothingSent}` : ''}`

/** Shows what was imported, what was not and why, and the tool's figures beside Footfall's. */
export const showReport = (
  body: HTMLElement,
  report: ImportReport,
  source: ImportSource,
  action: ImportAction,
): void => {
  const { lines, error, comparison } = report
  const hasNone = action === 'compare' && error === null && comparison === null
  body.replaceChildren(
    h('h3', { tabindex: -1, 'data-report': true }, headingOf(report, source, action)),
    ...(error === null ? [] : [h('p', { class: 'wrong', role: 'alert' }, importProblem(error))]),
    ...(lines.length === 0 ? [] : [h('pre', { class: 'report' }, lines.map(reportLine).join('\n'))]),
    ...(hasNone ? [h('p', {}, NOTHING_TO_COMPARE)] : []),
    ...comparedTable(report, source).filter(child => child instanceof Node),
  )
}
