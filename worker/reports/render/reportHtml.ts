import { html } from 'hono/html'
import type { SiteReport } from '../siteReport'
import { type ReportRow, type ReportSection, reportSections, type Tone } from './reportSections'

const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'

const COLORS: Readonly<Record<Tone, string>> = { better: '#16703a', worse: '#b3261e', plain: '#5b6470' }
const SIGNS: Readonly<Record<Tone, string>> = { better: '● ', worse: '▲ ', plain: '' }

/** Mail programs that know dark mode by media query; the others invert the colors themselves. */
const DARK = `@media (prefers-color-scheme: dark) {
.page { background: #14171b !important; } .card { background: #1f242a !important; }
.strong { color: #f1f3f5 !important; } .plain { color: #aab3bd !important; }
.better { color: #6fd08c !important; } .worse { color: #ff9d94 !important; } .rule { border-color: #363d45 !important; }
}`

const noteOf =
  (tone: Tone) =>
  (text: string, index: number): unknown => {
    const own = /^Clearly/.test(text) ? tone : 'plain'
    return html`${index > 0 ? html`<br>` : ''}<span class="${own}" style="color:${COLORS[own]}">${SIGNS[own]}${text}</span>`
  }

const rowHtml = ({ label, value, notes, tone }: ReportRow): unknown => html`<tr>
<td class="strong rule" valign="top" style="${FONT};font-size:15px;line-height:21px;color:#14171b;padding:8px 0;border-top:1px solid #e3e6ea">${label}${
  notes.length > 0 ? html`<div style="font-size:13px;line-height:19px">${notes.map(noteOf(tone))}</div>` : ''
}</td>
<td class="strong rule" valign="top" align="right" style="${FONT};font-size:15px;line-height:21px;color:#14171b;font-weight:600;padding:8px 0 8px 12px;border-top:1px solid #e3e6ea">${value ?? ''}</td>
</tr>`

const sectionHtml = ({ title, rows }: ReportSection): unknown => html`<tr><td style="padding:20px 24px 0">
<h2 class="strong" style="${FONT};font-size:17px;line-height:24px;margin:0 0 6px;color:#14171b">${title}</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows.map(rowHtml)}</table>
</td></tr>`

/** A report as HTML that mail programs take: tables, inline styles, at most 600 pixels, no image and no script. */
export const reportHtml = (report: SiteReport): string => {
  const { title, subtitle, sections, footer } = reportSections(report)
  return String(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${title}</title><style>${DARK}</style></head>
<body class="page" bgcolor="#f2f4f6" style="margin:0;padding:0;background:#f2f4f6">
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f4f6" style="background:#f2f4f6"><tr><td align="center" style="padding:24px 12px">
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="max-width:600px;background:#ffffff;border-radius:8px">
<tr><td style="padding:24px 24px 0"><h1 class="strong" style="${FONT};font-size:22px;line-height:28px;margin:0;color:#14171b">${title}</h1>
<p class="plain" style="${FONT};font-size:14px;line-height:20px;margin:4px 0 0;color:#5b6470">${subtitle}</p></td></tr>
${sections.map(sectionHtml)}
<tr><td class="plain" style="${FONT};font-size:12px;line-height:18px;color:#5b6470;padding:20px 24px 24px">${footer}</td></tr>
</table></td></tr></table></body></html>
`)
}
