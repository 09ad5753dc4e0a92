import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AT_MOST } from '../../tries/measureSpeeds'
import { runTries } from '../../tries/runTries'
import { clicksIn } from '../../tries/triesDocument'

/** Seconds. Far more than any try takes on a busy machine, and still short of giving up. */
const PATIENCE = 60

test('each kind of user reaches their first number with the clicks that the document says, on a fast overview', {
  timeout: 600_000,
}, async () => {
  const document = await readFile(join(import.meta.dirname, '../../../docs/tries.md'), 'utf8')
  const { tried, speeds } = await runTries()
  expect(new Map(tried.map(({ who, clicks }) => [who, clicks]))).toEqual(clicksIn(document))
  for (const { who, shown, seconds } of tried) {
    expect([who, shown]).toEqual([who, expect.stringMatching(/\d/)])
    expect([who, seconds]).toEqual([who, expect.toSatisfy((value: number) => value < PATIENCE)])
  }
  expect(speeds.overview).toBeLessThan(AT_MOST.overview)
  expect(speeds.filter).toBeLessThan(AT_MOST.filter)
})
