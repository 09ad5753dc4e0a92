import type { SiteReport } from '../siteReport'
import { type ReportRow, type ReportSection, reportSections } from './reportSections'

const rowText = ({ label, value, notes }: ReportRow): string =>
  [`${value === undefined ? label : `${label}: ${value}`}`, ...notes.map(note => `    ${note}`)].join('\n')

const sectionText = ({ title, rows }: ReportSection): string =>
  [title.toUpperCase(), ...rows.map(row => `  ${rowText(row)}`)].join('\n')

/** A report as plain text. */
export const reportText = (report: SiteReport): string => {
  const { title, subtitle, sections, footer } = reportSections(report)
  return `${[`${title}\n${subtitle}`, ...sections.map(sectionText), footer].join('\n\n')}\n`
}
