import { processTree, type RunningProcess } from '../processTree.ts'

/** What processes used while they were watched. */
export interface ProcessUsage {
  readonly seconds: number
  readonly cpuSeconds: number
  /** The most memory at a time. */
  readonly peakMegabytes: number
  /** The same beyond what was in use before. */
  readonly grownMegabytes: number
}

/** Milliseconds between two looks at the memory. */
const OFTEN = 50

const sum = (tree: readonly RunningProcess[], of: 'megabytes' | 'cpuSeconds'): number =>
  tree.reduce((total, one) => total + one[of], 0)

/** Watches a process and all that it started. */
export class UsageWatch {
  readonly #pid: number
  readonly #began = performance.now()
  readonly #first: readonly RunningProcess[]
  readonly #timer: NodeJS.Timeout
  #peak = 0
  #cpuSeconds = 0

  constructor(pid: number) {
    this.#pid = pid
    this.#first = processTree(pid)
    this.#look()
    this.#timer = setInterval(() => this.#look(), OFTEN)
  }

  /** A process that has ended used what it had used at the last look. */
  #look(): void {
    try {
      const tree = processTree(this.#pid)
      this.#peak = Math.max(this.#peak, sum(tree, 'megabytes'))
      this.#cpuSeconds = sum(tree, 'cpuSeconds')
    } catch {}
  }

  end(): ProcessUsage {
    clearInterval(this.#timer)
    this.#look()
    return {
      seconds: (performance.now() - this.#began) / 1000,
      cpuSeconds: this.#cpuSeconds - sum(this.#first, 'cpuSeconds'),
      peakMegabytes: this.#peak,
      grownMegabytes: this.#peak - sum(this.#first, 'megabytes'),
    }
  }
}
