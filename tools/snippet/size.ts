import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, downloads, minified, named } from './build.ts'
import { ALPHABET, wholeLetters } from './rename.ts'
import { DOWNLOADS, type Download, SCRIPTS } from './scripts.ts'

/** Trials of the search for letters, which take about two minutes a script. */
const TRIALS = 40_000

// Node's brotli compresses at level 11 by default.
const brotli = (code: string) => brotliCompressSync(code).length

const table = async () => {
  await build()
  const sizes = Object.entries(await downloads()).map(([file, code]) => {
    const { budget } = DOWNLOADS[file] as Download
    const gzip = gzipSync(code, { level: 9 }).length
    return [file, { minified: code.length, 'gzip 9': gzip, 'brotli 11': brotli(code), budget }] as const
  })
  console.table(Object.fromEntries(sizes))
  for (const [file, { budget, 'brotli 11': size }] of sizes) {
    if (size <= budget) continue
    const advice = file in SCRIPTS ? ' npm run size -- --letters may save a few.' : ''
    console.error(`${file} is ${size - budget} bytes over its budget.${advice}`)
    process.exitCode = 1
  }
}

const anyOf = <T>(list: ArrayLike<T>): T => list[Math.floor(Math.random() * list.length)] as T

/** Exchanges two letters, in one word or in all. */
const exchange = (words: readonly string[], place: number | undefined, one: string, other: string): string[] =>
  words.map((word, at) =>
    place === undefined || place === at
      ? [...word].map(letter => (letter === one ? other : letter === other ? one : letter)).join('')
      : word,
  )

const changed = (letters: string): string => {
  const words = letters.split(' ')
  const place = Math.random() < 0.5 ? Math.floor(Math.random() * words.length) : undefined
  return exchange(words, place, anyOf(words[place ?? 0] as string), anyOf(ALPHABET)).join(' ')
}

/**
 * Simulated annealing: exchanges two letters at a time and keeps the smaller result, early on sometimes the larger one.
 * @see https://en.wikipedia.org/wiki/Simulated_annealing
 */
const search = (code: string, letters: string) => {
  const size = (tried: string) => brotli(named(code, tried))
  let current = { letters, size: size(letters) }
  let best = current
  for (let trial = 0; trial < TRIALS; trial++) {
    const tried = changed(current.letters)
    const next = { letters: tried, size: size(tried) }
    const warmth = 1.5 * (1 - trial / TRIALS)
    if (next.size <= current.size || Math.random() < Math.exp((current.size - next.size) / warmth)) current = next
    if (current.size < best.size) best = current
  }
  return { ...best, before: size(letters) }
}

const searchAll = async () => {
  console.log('Put what is shorter into tools/snippet/letters.ts:')
  for (const [file, script] of Object.entries(SCRIPTS)) {
    const code = await minified(script)
    const { letters, size, before } = search(code, wholeLetters(code, script.letters))
    console.log(`'${file}': '${letters}', // ${size} bytes instead of ${before}`)
  }
}

await (process.argv.includes('--letters') ? searchAll() : table())
