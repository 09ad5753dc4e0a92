import { html } from 'hono/html'
import type { SiteConfig } from '../../storage/siteConfig'
import type { Message } from '../delivery/message'

/** What an alarm says. */
export interface AlarmWords {
  /** The same for each try. */
  readonly id: string
  readonly title: string
  readonly text: string
}

/** An alarm in the form of each kind of delivery. */
export const alarmMessage = ({ domain }: SiteConfig, alarm: string, { id, title, text }: AlarmWords): Message => ({
  id,
  title,
  text: `${title}\n\n${text}\n`,
  html: String(
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><h1 style="font-family:sans-serif;font-size:20px">${title}</h1><p style="font-family:sans-serif;font-size:15px;line-height:22px">${text}</p></body></html>`,
  ),
  slack: { text: title, blocks: [{ type: 'section', text: { type: 'plain_text', text: `${title}\n${text}` } }] },
  json: { site: domain, alarm, id, title, text },
})
