import { EXPORT_FORMATS } from '../../worker/exports/exportFormats'
import type { ExportTable } from '../../worker/exports/exportTable'
import { EXPORT_TABLES } from '../../worker/exports/exportTables'
import { SQL_QUERIES } from './sqlQueries'

const FORMATS = EXPORT_FORMATS.map(({ name }) => `\`${name}\``).join(', ')

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``

const download = (name: string): string =>
  `curl -H "Authorization: Bearer $KEY" "$API/sites/shop.example/export/${name}?period=2026-01-01,2026-01-31&format=parquet" -o ${name}.parquet`

const VIEWS = EXPORT_TABLES.map(({ name }) => `create view ${name} as select * from '${name}.parquet';`).join('\n')

const BUCKET = EXPORT_TABLES.map(
  ({ name }) => `create view ${name} as
select * from read_parquet('s3://footfall-exports/site=shop.example/table=${name}/day=*/*.parquet', hive_partitioning = true);`,
).join('\n')

const tableSection = ({ name, help, columns }: ExportTable): string =>
  [
    `### ${name}`,
    help,
    [
      '| column | type | meaning |',
      '| --- | --- | --- |',
      ...columns.map(one => `| \`${one.name}\` | ${one.type} | ${one.help} |`),
    ].join('\n'),
  ].join('\n\n')

const querySection = ({ title, question, sql }: (typeof SQL_QUERIES)[number]): string =>
  [`### ${title}`, `Equals \`${JSON.stringify(question)}\`.`, fence('sql', sql)].join('\n\n')

/** How to download rows and query them with SQL. */
export const sqlDocument = (): string =>
  [
    '# SQL over your data',
    'Every page view, event, session and order can be downloaded as rows. With [DuckDB](https://duckdb.org/), the queries below give ' +
      'the same numbers as the API: `test/deep/data/sql.test.ts` runs them on published data.',
    '## Download',
    `\`GET /api/v1/sites/:domain/export/:table?period=&format=\` needs a key with the scope \`export\`. The formats are ${FORMATS}; periods ` +
      'are those of a query.',
    fence('sh', EXPORT_TABLES.map(({ name }) => download(name)).join('\n')),
    'Answers are streamed, in the order of time. One that breaks off is incomplete: `curl` then ends with an error. On Cloudflare ' +
      'an answer has at most 5,000 rows on the free plan and 150,000 on the paid one; its header `Link` (`rel="next"`) has the address of the next answer.',
    'Erased people and excluded traffic are in no export. Sessions are exported once they are over. Text is exported as ' +
      'received. In CSV, text that a spreadsheet would run as a formula is prefixed with an apostrophe.',
    '### Who is who',
    'No row holds a stored id or a user id. `visitor` is a hash of the stored id under a secret of the site. It is the same in every ' +
      'export, so files of several days can be joined. A cookieless visitor gets a new id, and so a new hash, every day.',
    '## Tables',
    'Types are those of the Parquet files: `text` and `json` are strings, `integer` has 32 bits, `number` is a double, `time` is a timestamp ' +
      'in UTC and `day` is a date. Unknown values are null.',
    ...EXPORT_TABLES.map(tableSection),
    '## Queries',
    'The tables hold one period, here January 2026, of a site whose currency is USD.',
    fence('sql', VIEWS),
    'Over the files that the cron writes to R2 ([deploy.md](deploy.md#exports-to-r2)), the views are:',
    fence('sql', BUCKET),
    ...SQL_QUERIES.map(querySection),
  ].join('\n\n')
