import { exports } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { Imports } from '../truth/imports'
import type { Delivery, Scenario } from '../truth/scenario'
import { createSite, deleteSite, post, settle, type TestSite } from './setup'

/** Imports rows of every kind. */
export const importRows = async ({ domain, write }: TestSite, imports: Imports): Promise<void> => {
  for (const [kind, rows] of Object.entries(imports)) {
    if (rows.length === 0) continue
    const response = await exports.default.fetch(`https://stats.example/api/v1/imports/${kind}?site=${domain}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${write}`, 'content-type': 'application/json' },
      body: JSON.stringify({ rows }),
    })
    expect([kind, response.status, await response.text()]).toEqual([kind, 200, expect.any(String)])
  }
}

/** Sends a delivery when it comes, and settles after it if it says so. */
export const deliver = async (site: TestSite, { at, events, format, settle: settles }: Delivery): Promise<void> => {
  vi.setSystemTime(at)
  const { accepted, duplicates, refused } = await post(site, events, format)
  expect({ refused, told: accepted + duplicates }).toEqual({ refused: [], told: events.length })
  if (settles) await settle()
}

/** Does something with the site of a scenario, which is there no longer than that. */
export const withSite = async (told: Scenario, work: (site: TestSite) => Promise<void>): Promise<void> => {
  vi.setSystemTime(told.founded)
  const site = await createSite({ ...told.site })
  try {
    await work(site)
  } finally {
    vi.setSystemTime(told.now)
    await deleteSite(site)
  }
}

/** Everything of a scenario, in its order; the clock then shows its end. */
export const tell = async (site: TestSite, told: Scenario): Promise<void> => {
  for (const delivery of told.deliveries) await deliver(site, delivery)
  vi.setSystemTime(told.now)
  await importRows(site, told.imports)
}
