import type { FC } from 'hono/jsx'
import { EXPORT_FORMATS } from '../exports/exportFormats'
import { EXPORT_TABLES } from '../exports/exportTables'
import type { PageProps } from './page'

const NAMES: Readonly<Record<string, string>> = {
  pageviews: 'Page views',
  events: 'Events',
  sessions: 'Sessions',
  orders: 'Orders',
  ndjson: 'NDJSON',
  csv: 'CSV',
  parquet: 'Parquet',
}

const Options: FC<{ of: readonly { readonly name: string }[] }> = ({ of }) => (
  <>
    {of.map(({ name }) => (
      <option value={name}>{NAMES[name] ?? name}</option>
    ))}
  </>
)

/** Downloads the rows of a table. */
export const ExportForm: FC<PageProps> = ({ rights, site }) =>
  rights.own && site ? (
    <form class="form">
      <label>
        <span>Table</span>
        <select name="table">
          <Options of={EXPORT_TABLES} />
        </select>
      </label>
      <label>
        <span>Format</span>
        <select name="format">
          <Options of={EXPORT_FORMATS} />
        </select>
      </label>
      <label>
        <span>From</span>
        <input type="date" name="from" required />
      </label>
      <label>
        <span>To</span>
        <input type="date" name="to" required />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">Download</button>
      <p class="hint">
        To export from a terminal, use an export key from People & keys. If Cloudflare’s plan limits a response, its
        Link header has the address of the next part.
      </p>
      <div data-command />
    </form>
  ) : null
