import { parseArgs } from 'node:util'
import { describeImportOutcome, describeImportTally } from '../shared/importers/describeImport.ts'
import { ImportFailure } from '../shared/importers/importFailure.ts'
import { beginImport, type ImportRun } from '../shared/importers/importRun.ts'
import { IMPORT_SOURCES, importSource } from '../shared/importers/importSources.ts'
import { sendBatches } from '../shared/importers/sendBatches.ts'
import { CommandFailure } from './failure.ts'
import { blobsAt } from './import/blobsAt.ts'
import { comparedAtOnce, comparedLines } from './import/comparedLines.ts'
import { ProgressLine } from './import/progressLine.ts'
import { withWriteKey } from './import/withWriteKey.ts'
import { zoneOf } from './import/zoneOf.ts'
import { connect, runCommand } from './server/owner.ts'

const OPTIONS = {
  site: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  website: { type: 'string', default: '' },
  before: { type: 'string', default: '' },
  'dry-run': { type: 'boolean', default: false },
  compare: { type: 'boolean', default: false },
} as const

const USAGE = `npm run import -- SOURCE FILE --site shop.example, with SOURCE one of ${IMPORT_SOURCES.map(({ source }) => source).join(', ')}`

const argumentsOf = () => {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true })
    const [name, ...paths] = positionals
    if (name !== undefined && paths.length > 0 && values.site !== undefined)
      return { ...values, site: values.site, source: importSource(name), paths }
  } catch (error) {
    if (error instanceof ImportFailure) throw error
    throw new CommandFailure(`${error instanceof Error ? error.message : error} Run ${USAGE}.`)
  }
  throw new CommandFailure(`Run ${USAGE}.`)
}

const print = (lines: readonly string[]): void => console.log(lines.join('\n'))

const run = async (): Promise<void> => {
  const { site: domain, source, paths, website, before, url, key, compare, 'dry-run': isDry } = argumentsOf()
  const blobs = await blobsAt(paths)
  const progress = new ProgressLine(blobs.reduce((sum, { blob }) => sum + blob.size, 0))
  const begin = (timezone: string): Promise<ImportRun> =>
    beginImport({
      source,
      blobs,
      domain,
      website,
      before,
      timezone,
      onBytes: bytes => progress.addBytes(bytes),
    })
  if (isDry) {
    const { format, tally, batches } = await begin('UTC')
    for await (const _ of batches) progress.show(tally.rows)
    progress.end()
    print([`${source.tool}: ${format.takes}. Nothing was sent.`, ...describeImportTally(tally)])
    return
  }
  if (compare) {
    const owner = await connect(url)
    try {
      const begun = await begin(await zoneOf(owner, domain))
      for await (const _ of begun.batches) progress.show(begun.tally.rows)
      progress.end()
      print(await comparedLines(begun, source, owner, domain))
    } finally {
      await owner.stop()
    }
    return
  }
  // Files that cannot be read are told before a server is started and a key is made.
  await begin('UTC')
  await withWriteKey({ domain, url, key: key ?? process.env.FOOTFALL_KEY }, async (post, owner) => {
    const begun = await begin(owner ? await zoneOf(owner, domain) : 'UTC')
    const { format, tally, batches } = begun
    const onSent = () => progress.show(tally.rows)
    const outcome = await sendBatches(batches, { ...post, domain, source: source.source, onSent }).finally(() =>
      progress.end(),
    )
    print([`${source.tool}: ${format.takes}.`, ...describeImportTally(tally), ...describeImportOutcome(outcome)])
    print(await comparedAtOnce(begun, source, owner, domain))
    if (outcome.refused.size > 0) process.exitCode = 1
  })
}

await runCommand(() =>
  run().catch(error => {
    throw error instanceof ImportFailure ? new CommandFailure(error.message) : error
  }),
)
