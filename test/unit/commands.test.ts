import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => ending.test(name))
    .map(name => join(folder, name))

// In the container, where the service "footfall" runs, it is the only one.
test("every documented command runs through npm, npx or by path in the project's Node.js", () => {
  const files = [
    'README.md',
    'CONTRIBUTING.md',
    ...filesIn('docs', /\.md$/),
    ...['snippet', 'shared', 'worker'].flatMap(folder => filesIn(folder, /\.tsx?$/)),
  ]
  const commands = files.flatMap(file =>
    [...readFileSync(join(PROJECT, file), 'utf8').matchAll(/(?<!npx |\.bin\/|footfall )\bnode [\w./-]+\.ts/g)].map(
      ([command]) => `${file}: ${command}`,
    ),
  )
  expect(commands).toEqual([])
})
