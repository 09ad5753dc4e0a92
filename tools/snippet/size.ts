import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, minified, SNIPPET } from './build.ts'
import { LETTERS } from './letters.ts'
import { ALPHABET, rename } from './rename.ts'

/** The files that visitors download, and their budgets in bytes of brotli 11. */
const BUDGETS = { [SNIPPET]: 1_460 }

/** Trials of the search for letters, which take about two minutes. */
const TRIALS = 40_000

// Node's brotli compresses at level 11 by default.
const brotli = (code: string | Buffer) => brotliCompressSync(code).length

const measure = async ([file, budget]: [string, number]) => {
  const code = await readFile(file)
  return {
    file: basename(file),
    minified: code.length,
    'gzip 9': gzipSync(code, { level: 9 }).length,
    'brotli 11': brotli(code),
    budget,
  }
}

const table = async () => {
  await build()
  const sizes = await Promise.all(Object.entries(BUDGETS).map(measure))
  console.table(Object.fromEntries(sizes.map(({ file, ...size }) => [file, size])))
  for (const { file, budget, 'brotli 11': size } of sizes) {
    if (size <= budget) continue
    console.error(`${file} is ${size - budget} bytes over its budget. npm run size -- --letters may save a few.`)
    process.exitCode = 1
  }
}

const swap = (letters: string, a: number, b: number) => {
  const swapped = [...letters]
  ;[swapped[a], swapped[b]] = [letters[b] as string, letters[a] as string]
  return swapped.join('')
}

const anywhere = () => Math.floor(Math.random() * ALPHABET.length)

/**
 * Simulated annealing: swaps two letters at a time and keeps the smaller result, early on sometimes the larger one.
 * @see https://en.wikipedia.org/wiki/Simulated_annealing
 */
const search = async () => {
  const code = await minified()
  const size = (letters: string) => brotli(rename(code, letters))
  let current = { letters: LETTERS, size: size(LETTERS) }
  let best = current
  for (let trial = 0; trial < TRIALS; trial++) {
    const letters = swap(current.letters, anywhere(), anywhere())
    const next = { letters, size: size(letters) }
    const warmth = 1.5 * (1 - trial / TRIALS)
    if (next.size <= current.size || Math.random() < Math.exp((current.size - next.size) / warmth)) current = next
    if (current.size < best.size) best = current
  }
  console.log(
    `${best.size} bytes instead of ${size(LETTERS)}. Put this into tools/snippet/letters.ts:\n${best.letters}`,
  )
}

await (process.argv.includes('--letters') ? search() : table())
