/** Milliseconds between two changes of the line. */
const OFTEN = 200

/** One line on a terminal that says how far a command is; nothing where the output goes to a file. */
export class ProgressLine {
  readonly #total: number
  #bytes = 0
  #shown = 0

  constructor(total: number) {
    this.#total = total
  }

  addBytes(bytes: number): void {
    this.#bytes += bytes
  }

  show(rows: number): void {
    const now = Date.now()
    if (!process.stderr.isTTY || now - this.#shown < OFTEN) return
    this.#shown = now
    const share = Math.min(this.#bytes / Math.max(this.#total, 1), 1)
    process.stderr.write(`\r\x1b[K${Math.floor(share * 100)} % read, ${rows.toLocaleString('en-US')} rows`)
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  }
}
