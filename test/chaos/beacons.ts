import { type BeaconLoad, sendBeacons } from './beaconLoad.ts'
import type { Outcome, Part } from './part.ts'

/** Beacons a second, first the one that is aimed at. */
const RATES = [500, 400, 300, 250, 200, 150, 100, 50]
/** Milliseconds in which 99 of 100 beacons must be answered. */
const LONGEST = 250
const SECONDS = { aim: 60, step: 20 }

const figuresOf = ({ rate, acknowledged, failed, lost, median, p99, slowestOverview }: BeaconLoad) => ({
  [`beacons acknowledged at ${rate} a second`]: acknowledged,
  [`failed answers at ${rate} a second`]: failed,
  [`acknowledged beacons lost at ${rate} a second`]: lost,
  [`median at ${rate} a second, ms`]: median,
  [`99th percentile at ${rate} a second, ms`]: p99,
  [`slowest overview at ${rate} a second, ms`]: slowestOverview,
})

/**
 * The first of some rates at which 99 of 100 beacons are answered in time, and everything that was tried.
 * @param secondsOf a rate
 */
export const findRate = async (
  rates: readonly number[],
  secondsOf: (rate: number) => number,
): Promise<{ rate: number | null; loads: BeaconLoad[] }> => {
  const loads: BeaconLoad[] = []
  for (const rate of rates) {
    const load = await sendBeacons({ rate, seconds: secondsOf(rate) })
    loads.push(load)
    if (load.p99 < LONGEST) return { rate, loads }
  }
  return { rate: null, loads }
}

const run = async (): Promise<Outcome> => {
  const aim = RATES[0] ?? 0
  const { rate, loads } = await findRate(RATES, one => (one === aim ? SECONDS.aim : SECONDS.step))
  const shown = [loads[0], ...loads.slice(1).filter(load => load.rate === rate)]
  return {
    figures: {
      ...Object.assign({}, ...shown.flatMap(load => (load ? [figuresOf(load)] : []))),
      [`highest rate tried with a 99th percentile under ${LONGEST} ms`]: rate ?? 0,
    },
    failures: loads
      .filter(({ failed, lost }) => failed > 0 || lost !== 0)
      .map(({ rate: at, failed, lost }) => `${at} a second: ${failed} failed answers, ${lost} lost beacons`),
  }
}

/** Beacons at a fixed rate for some minutes. */
export const beaconsPart: Part = {
  name: 'beacons',
  about:
    'Beacons are sent over HTTP at a fixed rate, with an overview every five seconds and the cron every ten, from the same machine. ' +
    'None may be answered with a 5xx, and what was acknowledged must be stored. At lower rates until 99 of 100 are answered in time.',
  run,
}
