import type { ImportSource } from '../importFormat.ts'
import { umamiCsv } from './umamiCsv.ts'
import { umamiSql } from './umamiSql.ts'

export const umami: ImportSource = { source: 'umami', tool: 'Umami', formats: [umamiCsv, umamiSql] }
