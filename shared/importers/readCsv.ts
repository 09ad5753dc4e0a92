import Papa from 'papaparse'
import { ImportFailure } from './importFailure.ts'

/** Characters. A record that is longer has a quote too many or too few. */
const LONGEST = 4_000_000

export interface CsvPart {
  /** The names of the columns, as written in the first line. */
  readonly header: readonly string[]
  readonly records: readonly (readonly string[])[]
}

interface Parsed {
  readonly data: string[][]
  readonly meta: { readonly cursor: number }
}

const delimiterOf = (text: string): string => {
  const line = text.slice(0, text.indexOf('\n') + 1 || undefined)
  const counts = [',', ';', '\t'].map(delimiter => [line.split(delimiter).length, delimiter] as const)
  return counts.sort(([one], [other]) => other - one)[0]?.[1] ?? ','
}

/** @throws ImportFailure when what is kept for the next piece is too long */
const expectShort = (rest: string, failure: string): void => {
  if (rest.length > LONGEST) throw new ImportFailure(failure)
}

const isEmpty = (record: readonly string[]): boolean => record.length === 1 && record[0]?.trim() === ''

/**
 * The records of a CSV file with a header, some thousand at a time. The delimiter is the one of `,`, `;` and tab that the
 * header has most of.
 * @throws ImportFailure when quotes do not match or the first line does not end
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export const readCsv = async function* (stream: ReadableStream<Uint8Array>, name: string): AsyncGenerator<CsvPart> {
  const decoder = new TextDecoder()
  let parser: Papa.Parser | null = null
  let header: readonly string[] | null = null
  let rest = ''
  const partOf = (text: string, isEnd: boolean): CsvPart | null => {
    rest += text
    // The end of a line may be cut between its two characters.
    const isCut = rest.endsWith('\r') && !isEnd
    const whole = (isCut ? rest.slice(0, -1) : rest).replaceAll('\r\n', '\n')
    if (parser === null && !isEnd && !whole.includes('\n')) {
      expectShort(rest, `The first line of ${name} does not end.`)
      return null
    }
    parser ??= new Papa.Parser({ delimiter: delimiterOf(whole), newline: '\n' })
    const { data, meta }: Parsed = parser.parse(whole, 0, !isEnd)
    rest = (isEnd ? '' : whole.slice(meta.cursor)) + (isCut ? '\r' : '')
    expectShort(rest, `The quotes in ${name} do not match.`)
    const records = data.filter(record => !isEmpty(record))
    header ??= records.shift()?.map(column => column.trim()) ?? null
    return header && { header, records }
  }
  for await (const chunk of stream) {
    const part = partOf(decoder.decode(chunk, { stream: true }), false)
    if (part) yield part
  }
  const last = partOf(decoder.decode(), true)
  if (last) yield last
}
