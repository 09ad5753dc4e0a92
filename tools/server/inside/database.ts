import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers'

interface Query {
  readonly sql: string
  readonly params?: readonly SqlStorageValue[]
}

interface Env {
  readonly OBJECTS: DurableObjectNamespace
}

const COUNTERS = 'select total_changes() as changes, last_insert_rowid() as last'

/** The database as an object, of which workerd keeps a SQLite file. */
export class D1DatabaseObject extends DurableObject<Env> {
  #counters(): { changes: number; last: number } {
    return this.ctx.storage.sql.exec<{ changes: number; last: number }>(COUNTERS).one()
  }

  #run({ sql, params = [] }: Query, format: string | null): unknown {
    const before = this.#counters()
    const cursor = this.ctx.storage.sql.exec(sql, ...params)
    const columns = cursor.columnNames
    const rows = [...cursor.raw()]
    const after = this.#counters()
    return {
      success: true,
      results:
        format === 'ROWS_AND_COLUMNS'
          ? { columns, rows }
          : rows.map(row => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
      meta: {
        changes: after.changes - before.changes,
        last_row_id: after.last,
        rows_read: cursor.rowsRead,
        rows_written: cursor.rowsWritten,
        size_after: this.ctx.storage.sql.databaseSize,
      },
    }
  }

  /** All queries of a request are one transaction. */
  override async fetch(request: Request): Promise<Response> {
    const format = new URL(request.url).searchParams.get('resultsFormat')
    const body = await request.json<Query | readonly Query[]>()
    const queries = Array.isArray(body) ? body : [body]
    try {
      return Response.json(this.ctx.storage.transactionSync(() => queries.map(query => this.#run(query, format))))
    } catch (error) {
      return Response.json({ success: false, error: error instanceof Error ? error.message : String(error) })
    }
  }
}

/**
 * D1 for one's own server: the service behind workerd's D1 binding, in which Cloudflare runs its own. The name of the
 * object decides the name of the file.
 * @see https://github.com/cloudflare/workerd/blob/main/src/cloudflare/internal/d1-api.ts what it is asked and answers
 */
export default class extends WorkerEntrypoint<Env> {
  override fetch(request: Request): Promise<Response> {
    const { OBJECTS } = this.env
    return OBJECTS.get(OBJECTS.idFromName('DB')).fetch(request)
  }
}
