import { env } from 'cloudflare:workers'
import { storeOf } from './store'

const HOUR = 3_600_000

export interface Twin {
  readonly id: number
  readonly domain: string
}

let twins = 0

/**
 * A site whose visitors have the same ids as those of every other site created here, so that the data of two can
 * be compared. Its pages are those of shop.example, which may send refunds; its watermark is an hour ago.
 */
export const newTwin = async (now: number): Promise<Twin> => {
  twins += 1
  const domain = `f${twins}.example`
  const secret = '5'.repeat(64)
  const settings = JSON.stringify({ hostnames: ['shop.example'], browser_money: true })
  const insert =
    'insert into sites (domain, name, timezone, currency, settings, secret, created, store) values (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7) returning id'
  const store = env.SITES ? 'objects' : 'd1'
  const values = [domain, 'UTC', 'EUR', settings, secret, now, store]
  const [row] = (
    await env.DB.prepare(insert)
      .bind(...values)
      .all<{ id: number }>()
  ).results
  const id = row?.id ?? 0
  const today = Math.floor(now / (24 * HOUR))
  const db = await storeOf({ domain })
  await db.batch([
    db
      .prepare("insert into settlements (site, version, settled, closing, open) values (?1, 0, ?2, ?2, '[]')")
      .bind(id, now - HOUR),
    ...[-1, 0, 1].map(day =>
      db
        .prepare('insert into salts (site, day, salt, created) values (?1, ?2, ?3, ?4)')
        .bind(id, today + day, String(Math.abs(day)).repeat(64), now),
    ),
  ])
  return { id, domain }
}
