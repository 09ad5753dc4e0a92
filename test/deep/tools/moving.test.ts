import { expect, test } from 'vitest'
import { measureExports } from '../../benchmark/groups/exports'
import { measureMoveIn } from '../../benchmark/groups/moveIn'

test('an import of Umami is measured, and its answer is right', async () => {
  const figures = await measureMoveIn(2_000)
  expect(figures.umami_server_cpu_seconds).toBeGreaterThan(0)
  expect(figures.umami_importer_megabytes).toBeGreaterThan(30)
  expect(figures.umami_importer_megabytes).toBeLessThan(200)
})

test('exports of page views take less memory than promised', async () => {
  const figures = await measureExports(18_000)
  for (const format of ['parquet', 'csv', 'ndjson']) {
    expect(figures[`export_${format}_bytes`]).toBeGreaterThan(100_000)
    expect(figures[`export_${format}_grown_megabytes`]).toBeLessThan(150)
  }
})
