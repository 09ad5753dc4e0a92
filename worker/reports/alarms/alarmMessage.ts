import { html } from 'hono/html'
import type { SiteConfig } from '../../storage/siteConfig'
import type { Message } from '../delivery/message'
import { slackText } from '../render/reportSlack'

/** What an alarm says. */
export interface AlarmWords {
  /** The same for each try. */
  readonly id: string
  readonly title: string
  readonly lines: readonly string[]
}

const FONT = 'font-family:sans-serif'

const htmlOf = (title: string, lines: readonly string[]): string =>
  String(
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><h1 style="${FONT};font-size:20px">${title}</h1>${lines.map(line => html`<p style="${FONT};font-size:15px;line-height:22px">${line}</p>`)}</body></html>`,
  )

/** An alarm in the form of each kind of delivery. */
export const alarmMessage = ({ domain }: SiteConfig, alarm: string, { id, title, lines }: AlarmWords): Message => {
  const text = lines.join('\n')
  return {
    id,
    title,
    text: `${title}\n\n${text}\n`,
    html: htmlOf(title, lines),
    slack: {
      text: slackText(title),
      blocks: [{ type: 'section', text: { type: 'plain_text', text: `${title}\n${text}` } }],
    },
    json: { site: domain, alarm, id, title, text },
  }
}
