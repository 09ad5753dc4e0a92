import { CompactMap, textHash } from '../compactMap.ts'
import { cellReader, type ReadCell, type TablePart } from '../tablePart.ts'

/** Characters in memory at a time. With more, the events are read in several passes. */
const MOST = 30_000_000

type Value = string | number | boolean
type Properties = Record<string, Value>

/**
 * The value of a row of event_data, by its type: text, number, boolean, date, array.
 * @see https://github.com/umami-software/umami/blob/master/src/lib/constants.ts DATA_TYPE
 */
const dataOf = (row: readonly string[], cell: ReadCell): Value => {
  const type = cell(row, 'data_type')
  const text = cell(row, 'string_value')
  if (type === '2') return Number(cell(row, 'number_value') || text)
  if (type === '3') return text === 'true'
  return text || cell(row, 'date_value')
}

const isValue = (value: unknown): value is Value =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** The properties in a column of JSON, which v1 has; what is no plain value stays JSON. */
const propertiesIn = (json: string): Properties => {
  try {
    const entries = Object.entries(JSON.parse(json) ?? {}).filter(([name, value]) => name !== '' && value !== null)
    return Object.fromEntries(entries.map(([name, value]) => [name, isValue(value) ? value : JSON.stringify(value)]))
  } catch {
    return {}
  }
}

/** The properties of a row of event_data: one, or all of an event in v1. */
const propertiesOfRow = (row: readonly string[], cell: ReadCell): Properties => {
  const key = cell(row, 'data_key') || cell(row, 'event_key')
  return key === '' ? propertiesIn(cell(row, 'event_data')) : { [key]: dataOf(row, cell) }
}

/**
 * What belongs to one event, from event_data and revenue. If it is too much for the memory, the events are divided by their
 * ids, and all tables are read once for each part.
 */
export class UmamiEventData {
  readonly #budget: number
  #parts = 1
  #part = 0
  #length = 0
  #isWhole = true
  #texts: string[] = []
  #byEvent = new CompactMap()

  /** @param budget characters in memory at a time */
  constructor(budget = MOST) {
    this.#budget = budget
  }

  /** How many parts there are, which is known once the first is whole. */
  get parts(): number {
    return this.#parts
  }

  /** False when the part became smaller meanwhile, so that it must be begun and all rows added again. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** Forgets the part before. */
  begin(part: number): void {
    this.#part = part
    this.#isWhole = true
    this.#clear()
  }

  /** Whether the event belongs to this part. */
  isDue(event: string): boolean {
    return this.#parts === 1 || textHash(event) % this.#parts === this.#part
  }

  addRows({ columns, rows, table }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) {
      const event = cell(row, 'website_event_id') || cell(row, 'event_id')
      if (table === 'revenue')
        this.#add(event, { value: Number(cell(row, 'revenue')), currency: cell(row, 'currency') })
      else this.#add(event, propertiesOfRow(row, cell))
    }
  }

  #add(event: string, properties: Properties): void {
    if (!this.isDue(event)) return
    const at = this.#byEvent.get(event)
    const before = at === undefined ? undefined : this.#texts[at]
    // A text of its own: a part of a larger one would keep that in memory.
    const text = JSON.stringify(before === undefined ? properties : { ...JSON.parse(before), ...properties })
    if (at === undefined) this.#byEvent.set(event, this.#texts.push(text) - 1)
    else this.#texts[at] = text
    this.#length += text.length - (before?.length ?? 0)
    if (this.#length > this.#budget && this.#part === 0) this.#divide()
  }

  #divide(): void {
    this.#parts *= 2
    this.#isWhole = false
    this.#clear()
  }

  #clear(): void {
    this.#length = 0
    this.#texts = []
    this.#byEvent = new CompactMap()
  }

  propertiesOf(event: string): Properties {
    const at = this.#byEvent.get(event)
    return at === undefined ? {} : JSON.parse(this.#texts[at] ?? '{}')
  }
}
