import type { SiteReport } from '../siteReport'
import { type ReportRow, reportSections } from './reportSections'

/** Characters of a section's text. https://docs.slack.dev/reference/block-kit/blocks/section-block */
const MOST_TEXT = 3_000
/** Characters of a header. https://docs.slack.dev/reference/block-kit/blocks/header-block */
const MOST_HEADER = 150

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Text of the site could hold marks of the format, which would be read as such: it is shown without them. */
export const slackText = (text: string): string => escaped(text.replace(/[*_~`]/g, ' '))

const rowText = ({ label, value, notes }: ReportRow): string => {
  const head = value === undefined ? `• ${slackText(label)}` : `• ${slackText(label)}: *${slackText(value)}*`
  return notes.length > 0 ? `${head} (${notes.map(slackText).join('; ')})` : head
}

/** As many whole lines as fit. */
const fitting = (lines: readonly string[]): string => {
  let text = ''
  for (const one of lines) {
    if (text.length + one.length + 1 > MOST_TEXT) break
    text += `${one}\n`
  }
  return text.trimEnd()
}

/** Slack would make links of addresses, which anyone can put into the name of a campaign. */
const verbatim = (text: string) => ({ type: 'mrkdwn', text, verbatim: true })

const section = (text: string) => ({ type: 'section', text: verbatim(text) })

/** A report as a message for an incoming webhook of Slack. */
export const reportSlack = (report: SiteReport) => {
  const { title, subtitle, sections, footer } = reportSections(report)
  return {
    text: slackText(`${title}, ${subtitle}`),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title.slice(0, MOST_HEADER) } },
      section(slackText(subtitle)),
      ...sections.map(({ title: head, rows }) => section(fitting([`*${slackText(head)}*`, ...rows.map(rowText)]))),
      { type: 'context', elements: [verbatim(slackText(footer))] },
    ],
  }
}
