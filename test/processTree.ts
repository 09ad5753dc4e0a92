import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** A process of this machine while it runs. */
export interface RunningProcess {
  readonly pid: number
  readonly program: string
  /** Memory that is in use now. */
  readonly megabytes: number
  /** The most that ever was. */
  readonly peakMegabytes: number
  /** The processor's time so far. */
  readonly cpuSeconds: number
}

/** Linux counts the processor's time in these. */
const TICKS_PER_SECOND = 100

/** Places of the processor's time among what follows the name of the program. */
const TIMES = [11, 12] as const

const read = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8')

const megabytes = (status: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) / 1_000

/** The name in parentheses can itself have spaces. */
const cpuSeconds = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return TIMES.reduce((sum, place) => sum + Number(fields[place]), 0) / TICKS_PER_SECOND
}

/**
 * A process and all that it started. Linux only.
 * @throws when it has ended
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export const processTree = (pid: number): RunningProcess[] => {
  const status = read(pid, 'status')
  const children = read(pid, `task/${pid}/children`).trim()
  return [
    {
      pid,
      program: basename(read(pid, 'cmdline').split('\0')[0] ?? ''),
      megabytes: megabytes(status, 'VmRSS'),
      peakMegabytes: megabytes(status, 'VmHWM'),
      cpuSeconds: cpuSeconds(read(pid, 'stat')),
    },
    ...(children === '' ? [] : children.split(' ').flatMap(child => processTree(Number(child)))),
  ]
}
