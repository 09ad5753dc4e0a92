import { ImportFailure } from './importFailure.ts'
import { type Dialect, readValues, unescaped } from './readValues.ts'
import type { TablePart } from './tablePart.ts'

/** Characters. A statement whose next row is longer is no dump. */
const LONGEST = 4_000_000

/** Characters in which the head of a statement ends. */
const HEAD = 100_000

const nameOf = (text: string): string => text.replace(/^.*\./, '').replaceAll(/["`]/g, '')
const namesOf = (list: string): string[] => list.split(',').map(name => nameOf(name.trim()))

const COPY = /^COPY (\S+) \(([^)]*)\) FROM stdin;\r?\n/i
const INSERT = /^INSERT (?:IGNORE )?INTO ([^\s(]+)\s*(?:\(([^)]*)\)\s*)?(?:OVERRIDING SYSTEM VALUE )?VALUES\s*/i
const CREATE = /^CREATE TABLE (?:IF NOT EXISTS )?(\S+) \(/i
/** A line of CREATE TABLE that is a column. */
const COLUMN = /^\s+["`]?(?!(?:PRIMARY|UNIQUE|FOREIGN|FULLTEXT|KEY|INDEX|CONSTRAINT|CHECK)\b)(\w+)["`]? /

interface Statement {
  readonly table: string
  readonly columns: readonly string[]
  readonly isCopy: boolean
  readonly dialect: Dialect
}

/**
 * Reads the rows of a dump: COPY and INSERT of pg_dump, INSERT of mysqldump.
 * @see https://www.postgresql.org/docs/current/sql-copy.html
 * @see https://dev.mysql.com/doc/refman/8.4/en/string-literals.html
 */
class SqlDump {
  #rest = ''
  #statement: Statement | null = null
  /** Of the tables that were created, in the order in which rows have them. */
  readonly #columns = new Map<string, string[]>()
  #creating: string[] | null = null
  #parts: TablePart[] = []
  #rows: (readonly string[])[] = []
  readonly #isWanted: (table: string) => boolean

  constructor(isWanted: (table: string) => boolean) {
    this.#isWanted = isWanted
  }

  /** The rows that a piece of the dump completes. */
  add(text: string, isEnd: boolean): readonly TablePart[] {
    this.#rest += isEnd && !text.endsWith('\n') ? `${text}\n` : text
    this.#parts = []
    while (this.#step(isEnd));
    this.#flush()
    if (this.#rest.length > LONGEST) throw new ImportFailure('The dump has a row that does not end.')
    return this.#parts
  }

  /** One statement, row or line; false when more text is needed. */
  #step(isEnd: boolean): boolean {
    if (this.#statement?.isCopy) return this.#copyRows()
    if (this.#statement) return this.#insertRows(this.#statement)
    return this.#begin(isEnd)
  }

  #flush(): void {
    const { table, columns } = this.#statement ?? { table: '', columns: [] }
    if (this.#rows.length > 0) this.#parts.push({ table, columns, rows: this.#rows })
    this.#rows = []
  }

  #end(): void {
    this.#flush()
    this.#statement = null
  }

  #copyRows(): boolean {
    const last = this.#rest.lastIndexOf('\n')
    if (last < 0) return false
    const lines = this.#rest.slice(0, last).split('\n')
    const end = lines.findIndex(line => line === '\\.' || line === '\\.\r')
    const isWanted = this.#isWanted(this.#statement?.table ?? '')
    if (isWanted)
      for (const line of end < 0 ? lines : lines.slice(0, end)) this.#rows.push(line.split('\t').map(copied))
    if (end < 0) this.#rest = this.#rest.slice(last + 1)
    else {
      this.#rest = [...lines.slice(end + 1), this.#rest.slice(last + 1)].join('\n')
      this.#end()
    }
    return end >= 0
  }

  #insertRows({ table, dialect }: Statement): boolean {
    const isWanted = this.#isWanted(table)
    let place = 0
    for (;;) {
      while (/[\s,]/.test(this.#rest[place] ?? '')) place++
      if (this.#rest[place] !== '(') break
      const row = readValues(this.#rest, place, dialect)
      if (!row) break
      if (isWanted) this.#rows.push(row.values)
      place = row.end
    }
    const next = this.#rest[place]
    this.#rest = this.#rest.slice(place)
    if (next === undefined || next === '(') return false
    this.#end()
    return true
  }

  /** Begins a statement that has rows, or skips a line. */
  #begin(isEnd: boolean): boolean {
    const line = this.#rest.indexOf('\n')
    const insert = INSERT.exec(this.#rest.slice(0, HEAD))
    if (insert) {
      const [head, table = '', columns] = insert
      const name = nameOf(table)
      this.#statement = {
        table: name,
        columns: columns === undefined ? (this.#columns.get(name) ?? []) : namesOf(columns),
        isCopy: false,
        dialect: table.includes('`') ? 'mysql' : 'postgresql',
      }
      this.#rest = this.#rest.slice(head.length)
      return true
    }
    if (line < 0 || (!isEnd && /^INSERT/i.test(this.#rest) && this.#rest.length < HEAD)) return false
    const copy = COPY.exec(this.#rest)
    if (copy) {
      const [, table = '', columns = ''] = copy
      this.#statement = { table: nameOf(table), columns: namesOf(columns), isCopy: true, dialect: 'postgresql' }
    } else this.#note(this.#rest.slice(0, line))
    this.#rest = this.#rest.slice(line + 1)
    return true
  }

  /** Notes the columns of a table that is created. */
  #note(line: string): void {
    const created = CREATE.exec(line)?.[1]
    const column = COLUMN.exec(line)?.[1]
    if (created !== undefined) {
      this.#creating = []
      this.#columns.set(nameOf(created), this.#creating)
    } else if (column !== undefined) this.#creating?.push(column)
    else if (line.startsWith(')')) this.#creating = null
  }
}

/** A value of COPY, in which `\N` is NULL. */
const copied = (value: string): string => (value === '\\N' || value === '\\N\r' ? '' : unescaped(value))

/** The rows of the wanted tables of a dump, some thousand at a time. */
export const readSqlDump = async function* (
  stream: ReadableStream<Uint8Array>,
  isWanted: (table: string) => boolean,
): AsyncGenerator<TablePart> {
  const decoder = new TextDecoder()
  const dump = new SqlDump(isWanted)
  for await (const chunk of stream) yield* dump.add(decoder.decode(chunk, { stream: true }), false)
  yield* dump.add(decoder.decode(), true)
}
