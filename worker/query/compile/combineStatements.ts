import type { ResultShape, Statement } from './statement'

/** Statements that run as one: each is a term of a compound select. */
export interface CombinedStatement<S extends Statement = Statement> {
  readonly sql: string
  readonly values: readonly unknown[]
  readonly parts: readonly S[]
}

/**
 * With more statements than this, several run as one. The free plan allows 50 an invocation, and reading the site's
 * state, rollups and live delta takes up to 35 of them.
 */
const MOST_STATEMENTS = 16

/**
 * Limits of D1: terms of a compound select, bound values, and bytes of SQL, which is ASCII. The last one leaves room for
 * the names of columns.
 */
const MOST_TERMS = 5
const MOST_VALUES = 100
const MOST_LENGTH = 90_000
/** A term can be a compound select itself, where the statements are short: SQLite runs out of memory with long ones. */
const MOST_PARTS = MOST_TERMS + 1
const SHORT = 20_000

const SURVIVAL = ['seen', 'reached', 'censored', 'others']
const PATHS = ['step', 'name', 'sessions', 'reached']
const QUANTILE = ['value', 'rank', 'n', 'pending']

const columnsOfShape = (shape: ResultShape): readonly string[] => {
  switch (shape.form) {
    case 'sums':
      return shape.sums.flatMap(Object.values)
    case 'people':
      return [
        shape.person,
        ...shape.people.flatMap(({ columns }) => Object.values(columns)),
        ...shape.sums.flatMap(Object.values),
      ]
    case 'packed_people':
      return ['slice', 'people', ...shape.sums.flatMap(Object.values)]
    case 'one_person':
      return shape.people.flatMap(({ columns }) => Object.values(columns))
    case 'active_groups':
      return ['id', ...[...shape.closed, ...shape.open].flatMap(({ columns }) => Object.values(columns))]
    case 'daily':
      return ['visitors']
    case 'quantile':
      return QUANTILE
    case 'paths':
      return PATHS
    case 'survival':
      return SURVIVAL
  }
}

/** The columns of a statement's rows that are read. */
export const columnsOf = ({ shape, dimensions }: Statement): string[] => {
  const group = shape.form === 'one_person' ? [] : ['bucket', ...Array.from({ length: dimensions }, (_, n) => `d${n}`)]
  return [...new Set([...group, ...columnsOfShape(shape)])]
}

/**
 * Adds a statement's values to a common list and renumbers its placeholders. Texts are always bound, so each `?`
 * is a placeholder.
 */
const rebound = ({ sql, values }: Statement, all: unknown[]): string => {
  const numbers = values.map(value => {
    const known = all.indexOf(value)
    return known === -1 ? all.push(value) : known + 1
  })
  return sql.replaceAll(/\?(\d+)/g, (_, number) => `?${numbers[Number(number) - 1]}`)
}

/** A compound select of at most five terms: with more, the first ones are compound selects of two. */
const compound = (terms: readonly string[]): string => {
  const pairs = Math.max(0, terms.length - MOST_TERMS)
  const nested = Array.from({ length: pairs }, (_, n) => terms.slice(2 * n, 2 * n + 2))
  const outer = [...nested.map(pair => `select * from (\n${pair.join('\nunion all\n')}\n)`), ...terms.slice(2 * pairs)]
  return outer.join('\nunion all\n')
}

/** One statement for several. The column `part` says to which of them a row belongs. */
const combine = <S extends Statement>(parts: readonly S[]): CombinedStatement<S> => {
  const [only] = parts
  if (only && parts.length === 1) return { sql: only.sql, values: only.values, parts }
  const columns = parts.map(columnsOf)
  const width = Math.max(...columns.map(({ length }) => length))
  const values: unknown[] = []
  const terms = parts.map((statement, part) => {
    const own = Array.from({ length: width }, (_, n) => `${columns[part]?.[n] ?? 'null'} as c${n}`)
    return `select ${[`${part} as part`, ...own].join(', ')} from (\n${rebound(statement, values)}\n)`
  })
  return { sql: compound(terms), values, parts }
}

const fits = (parts: readonly Statement[]): boolean =>
  parts.reduce((length, { sql }) => length + sql.length, 0) <= (parts.length > MOST_TERMS ? SHORT : MOST_LENGTH) &&
  new Set(parts.flatMap(({ values }) => values)).size <= MOST_VALUES

/** Combines neighbouring statements if there are many; otherwise each stays by itself. */
export const combineStatements = <S extends Statement>(statements: readonly S[]): CombinedStatement<S>[] => {
  const size = Math.min(MOST_PARTS, Math.ceil(statements.length / MOST_STATEMENTS))
  const groups: S[][] = []
  for (const statement of statements) {
    const last = groups.at(-1)
    if (last && last.length < size && fits([...last, statement])) last.push(statement)
    else groups.push([statement])
  }
  return groups.map(combine)
}
