import { d1 } from '../../worker/storage/d1'

/** Makes a call; with a number, the statement at that position in its batch fails when it is reached. */
export type Run<T> = (broken: number | null) => Promise<T>

/** Runs between a call of so many statements and the database. */
export type Execute = <T>(count: number, run: Run<T>) => Promise<T>

const EXECUTES = new Set(['first', 'all', 'run', 'raw'])

/** Violates a constraint of its table, so that the database itself rolls the batch back half-way. */
const BROKEN = "insert into sites (id) values ('broken')"

/** A real database whose calls an interceptor makes, or does not make. */
export const interceptedDatabase = (real: D1Database, execute: Execute): D1Database => {
  const originals = new WeakMap<object, D1PreparedStatement>()

  const wrapStatement = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get: (target, name) => {
        const method = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        if (name === 'bind') return (...values: unknown[]) => wrapStatement(target.bind(...values))
        if (!EXECUTES.has(String(name))) return method.bind(target)
        return (...given: unknown[]) =>
          execute(1, broken => (broken === null ? method.apply(target, given) : Promise.reject(new Error('not run'))))
      },
    })
    originals.set(proxy, statement)
    return proxy
  }

  const batch = (list: readonly D1PreparedStatement[]) => {
    const statements = list.map(one => originals.get(one) ?? one)
    return execute(list.length, broken =>
      real.batch(broken === null ? statements : statements.toSpliced(broken, 0, real.prepare(BROKEN))),
    )
  }

  const database = new Proxy(real, {
    get: (target, name) => {
      if (name === 'prepare') return (sql: string) => wrapStatement(target.prepare(sql))
      if (name === 'batch') return batch
      throw new Error(`the intercepted database has no ${String(name)}`)
    },
  })
  // It has the same data: an isolate that knows the real one knows this one.
  d1(database, d1(real).caches)
  return database
}
