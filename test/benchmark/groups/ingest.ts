import { openBench } from '../bench.ts'
import type { Say } from '../database.ts'
import { type Figures, median } from '../figures.ts'
import { inFolder } from '../folders.ts'

/** Repeated from inside/ingest.ts, which Node cannot import. */
interface Round {
  readonly wholeMs: number
  readonly bareMs: number
}

const ROUNDS = 80
/** Warm-up, in which the engine compiles both. */
const ROUNDS_BEFORE = 10
const BEACONS = 200
const AT_A_TIME = [1, 16]

/**
 * Beacons through the whole Worker and a bare one, in turns, one at a time and several at once.
 * The ratio of a round cancels the effects of machine and moment.
 */
export const measureIngest = (say: Say): Promise<Figures> =>
  inFolder(async folder => {
    const bench = await openBench(folder)
    const figures: Record<string, number> = {}
    try {
      await bench.ask('/ingest/prepare')
      for (const atATime of AT_A_TIME) {
        const rounds: Round[] = []
        for (let round = -ROUNDS_BEFORE; round < ROUNDS; round++) {
          const params = { round: round + ROUNDS_BEFORE, count: BEACONS, at_a_time: atATime }
          const one = await bench.ask<Round>('/ingest', params)
          if (round >= 0) rounds.push(one)
        }
        const ratio = median(rounds.map(({ wholeMs, bareMs }) => bareMs / wholeMs))
        const second = (ms: number): number => (BEACONS * 1000) / ms
        const name = atATime === 1 ? 'ingest' : `ingest_${atATime}`
        figures[`${name}_ratio`] = ratio
        figures[`${name}_beacons_per_second`] = second(median(rounds.map(({ wholeMs }) => wholeMs)))
        figures[`${name}_bare_per_second`] = second(median(rounds.map(({ bareMs }) => bareMs)))
        say(`${atATime} at a time: ${ratio.toFixed(3)}`)
      }
      return figures
    } finally {
      await bench.stop()
    }
  })
