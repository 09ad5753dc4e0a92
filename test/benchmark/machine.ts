import { cpus, totalmem } from 'node:os'

/** The machine of a measurement. */
export const machine = (): string => {
  const [cpu] = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${gigabytes} GB; Node ${process.versions.node}`
}
