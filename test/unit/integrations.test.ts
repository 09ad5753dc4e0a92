import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PLATFORMS, type Platform } from '../../shared/platforms'

const FOLDER = fileURLToPath(new URL('../../docs/integrations/', import.meta.url))

const GUIDES = readdirSync(FOLDER).filter(name => name !== 'README.md')

test('every guide is listed, and says what is counted and what is not', () => {
  const index = readFileSync(`${FOLDER}README.md`, 'utf8')
  expect(GUIDES.filter(name => !index.includes(`](${name})`))).toEqual([])
  const headings = ['## Install', '## What is counted', '## What is not counted']
  expect(
    GUIDES.filter(name => !headings.every(heading => readFileSync(FOLDER + name, 'utf8').includes(heading))),
  ).toEqual([])
})

test('every guide belongs to a platform of the dashboard, and vice versa', () => {
  const named = (PLATFORMS as readonly Platform[]).flatMap(({ guide }) => (guide ? [`${guide}.md`] : []))
  expect([...new Set(named)].sort()).toEqual(GUIDES.toSorted())
})
