import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECT } from '../../tools/config.ts'
import { tablesOf, withTables } from './scaleTables.ts'
import { figuresOf } from './usage.ts'

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })

const figures = figuresOf(JSON.parse(await readFile(join(PROJECT, 'docs/benchmarks.json'), 'utf8')))
const document = join(PROJECT, 'docs/scale.md')
if (values.write) await writeFile(document, withTables(await readFile(document, 'utf8'), figures))
else console.log(tablesOf(figures))
