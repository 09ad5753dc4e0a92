import Papa from 'papaparse'

/** The beginning of a CSV file. */
export interface CsvPreview {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** All rows of the file. */
  readonly count: number
}

/** Rows that are shown. */
const MOST = 5

/** Reads a CSV file with a header, separated by commas or semicolons. */
export const previewCsv = (text: string): CsvPreview => {
  const delimiter = /^[^\n]*;/.test(text) ? ';' : ','
  const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' })
  const [header = [], ...rows] = data
  return { header, rows: rows.slice(0, MOST), count: rows.length }
}
