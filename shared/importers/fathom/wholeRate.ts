import type { ImportFile } from '../importFormat.ts'
import { readCsv } from '../readCsv.ts'
import { BOUNCE_RATE } from './fathomTable.ts'

/** The bounce rate at which all visits of a file are bounces: 100 if any is above 1, since it may be 0.8 %. */
export const wholeRate = async ({ name, open }: ImportFile): Promise<1 | 100> => {
  for await (const { header, records } of readCsv(open(), name)) {
    const place = header.findIndex(column => column.toLowerCase() === BOUNCE_RATE)
    if (place < 0) return 1
    if (records.some(record => Number(record[place]) > 1)) return 100
  }
  return 1
}
