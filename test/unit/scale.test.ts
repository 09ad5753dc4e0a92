import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withTables } from '../benchmark/scaleTables'
import { figuresOf } from '../benchmark/usage'

const docs = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')

describe('docs/scale.md', () => {
  const figures = figuresOf(JSON.parse(docs('benchmarks.json')))

  test('matches the output for docs/benchmarks.json: npx node test/benchmark/scale.ts --write', () => {
    expect(docs('scale.md')).toBe(withTables(docs('scale.md'), figures))
  })

  test('changes with the figures', () => {
    const dearer = withTables(docs('scale.md'), { ...figures, rows_written_per_pageview: 200 })
    expect(dearer).not.toBe(docs('scale.md'))
    expect(withTables(dearer, figures)).toBe(docs('scale.md'))
  })

  test('a table without its marker is an error', () => {
    expect(() => withTables('# Nothing', figures)).toThrow('lacks "<!-- table: bill -->"')
  })
})
