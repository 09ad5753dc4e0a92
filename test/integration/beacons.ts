import { exports } from 'cloudflare:workers'
import type { TestSite } from './setup'

/** A browser as seen by the collector. */
export interface Browser {
  readonly address: string
  readonly agent: string
}

const agent = (version: number): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`

/** @example browser(1) // one person's, the same each time */
export const browser = (number: number): Browser => ({ address: `192.0.2.${number}`, agent: agent(120 + number) })

/** Sends records to `POST /v1/e` as a page of the site would, at the current time of the clock. */
export const send = async (site: TestSite, from: Browser, ...records: Record<string, unknown>[]): Promise<void> => {
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': from.agent, 'cf-connecting-ip': from.address },
    body: JSON.stringify({
      v: 1,
      s: site.domain,
      n: Date.now(),
      e: records.map(record => ({ u: `https://${site.domain}/`, ...record })),
    }),
  })
  const dropped = response.headers.get('x-footfall-dropped')
  if (response.status !== 204 || dropped) throw new Error(`${response.status} ${dropped ?? (await response.text())}`)
}
