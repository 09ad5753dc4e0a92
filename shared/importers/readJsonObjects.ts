/** Characters. A longer object is no record of any source. */
const LONGEST = 16_000_000

const QUOTE = 34
const BACKSLASH = 92
const OPENING = 123
const CLOSING = 125

/** Cuts a text into its outermost objects. */
class ObjectCutter {
  #text = ''
  /** Where the object begins; -1 between objects. */
  #start = -1
  #place = 0
  #depth = 0
  #inText = false
  #isSkipping = false
  readonly #tooLong: () => void

  constructor(tooLong: () => void) {
    this.#tooLong = tooLong
  }

  /** The objects that a piece of text completes. */
  add(piece: string): readonly string[] {
    this.#text += piece
    const found: string[] = []
    for (; this.#place < this.#text.length; this.#place++) {
      const code = this.#text.charCodeAt(this.#place)
      if (this.#inText) {
        if (code === BACKSLASH) this.#place++
        else if (code === QUOTE) this.#inText = false
      } else if (code === QUOTE) this.#inText = this.#depth > 0
      else if (code === OPENING) this.#open()
      else if (code === CLOSING) this.#close(found)
    }
    this.#cut()
    return found
  }

  #open(): void {
    if (this.#depth === 0) this.#start = this.#place
    this.#depth++
  }

  #close(found: string[]): void {
    if (this.#depth === 0) return
    this.#depth--
    if (this.#depth > 0) return
    if (!this.#isSkipping) found.push(this.#text.slice(this.#start, this.#place + 1))
    this.#isSkipping = false
    this.#start = -1
  }

  /** Forgets what was read, unless an object is open. */
  #cut(): void {
    const isLong = this.#start >= 0 && this.#text.length - this.#start > LONGEST
    if (isLong && !this.#isSkipping) this.#tooLong()
    this.#isSkipping ||= isLong
    const keptFrom = this.#start < 0 || this.#isSkipping ? this.#text.length : this.#start
    this.#text = this.#text.slice(keptFrom)
    this.#place -= keptFrom
    if (this.#start >= 0) this.#start = 0
  }
}

/**
 * The outermost objects of a JSON file, as text: those of an array, or those of lines. Only one is in memory at a time.
 * @param tooLong called for each that is too long to be read
 */
export const readJsonObjects = async function* (
  stream: ReadableStream<Uint8Array>,
  tooLong: () => void,
): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder()
  const cutter = new ObjectCutter(tooLong)
  for await (const chunk of stream) yield cutter.add(decoder.decode(chunk, { stream: true }))
  yield cutter.add(decoder.decode())
}
