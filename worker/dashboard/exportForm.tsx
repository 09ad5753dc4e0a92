import type { FC } from 'hono/jsx'
import { EXPORT_FORMATS } from '../exports/exportFormats'
import { EXPORT_TABLES } from '../exports/exportTables'
import type { PageProps } from './page'
import { settingsTexts } from './texts/settings'
import { useTexts } from './texts/useTexts'

const FORMATS: Readonly<Record<string, string>> = { ndjson: 'NDJSON', csv: 'CSV', parquet: 'Parquet' }

const Options: FC<{ of: readonly { readonly name: string }[]; names: Readonly<Record<string, unknown>> }> = ({
  of,
  names,
}) => (
  <>
    {of.map(({ name }) => (
      <option value={name}>{names[name] ?? name}</option>
    ))}
  </>
)

/** Downloads the rows of a table. */
export const ExportForm: FC<PageProps> = ({ rights, site }) => {
  const { exports } = useTexts(settingsTexts)
  return rights.own && site ? (
    <form class="form">
      <label>
        <span>{exports.table}</span>
        <select name="table">
          <Options of={EXPORT_TABLES} names={exports} />
        </select>
      </label>
      <label>
        <span>{exports.format}</span>
        <select name="format">
          <Options of={EXPORT_FORMATS} names={FORMATS} />
        </select>
      </label>
      <label>
        <span>{exports.from}</span>
        <input type="date" name="from" required />
      </label>
      <label>
        <span>{exports.to}</span>
        <input type="date" name="to" required />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">{exports.download}</button>
      <p class="hint">{exports.hint}</p>
      <div data-command />
    </form>
  ) : null
}
