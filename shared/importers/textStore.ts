import { ImportFailure } from './importFailure.ts'

const CHUNK = 2 ** 20

/** Bytes of a length before each text. */
const LENGTH = 2

const LONGEST = 2 ** 16 - 1

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()]

/** Texts in few large arrays of bytes, where millions of them as values would take hundreds of megabytes. */
export class TextStore {
  readonly #chunks: Uint8Array[] = []
  readonly #most: number
  readonly #what: string
  #used = CHUNK

  /**
   * @param most bytes, to the next megabyte
   * @param what the texts are of, for the message when there are too many
   */
  constructor(most: number, what = 'users') {
    this.#most = most
    this.#what = what
  }

  /**
   * The place of a text, which is cut after 65,535 bytes.
   * @throws ImportFailure when there is no more room
   */
  add(text: string): number {
    const bytes = encoder.encode(text).subarray(0, LONGEST)
    if (this.#used + LENGTH + bytes.length > CHUNK) this.#grow()
    const chunk = this.#chunks.at(-1) as Uint8Array
    const place = (this.#chunks.length - 1) * CHUNK + this.#used
    chunk.set([bytes.length >> 8, bytes.length & 255], this.#used)
    chunk.set(bytes, this.#used + LENGTH)
    this.#used += LENGTH + bytes.length
    return place
  }

  at(place: number): string {
    const chunk = this.#chunks[Math.floor(place / CHUNK)] as Uint8Array
    const start = place % CHUNK
    const length = ((chunk[start] ?? 0) << 8) + (chunk[start + 1] ?? 0)
    return decoder.decode(chunk.subarray(start + LENGTH, start + LENGTH + length))
  }

  #grow(): void {
    if (this.#chunks.length * CHUNK >= this.#most)
      throw new ImportFailure(
        `The export has too many ${this.#what} to be read at once. Export it in parts, such as years.`,
      )
    this.#chunks.push(new Uint8Array(CHUNK))
    this.#used = 0
  }
}
