import type { ImportSource } from '../importFormat.ts'
import { ga4BigQuery } from './ga4BigQuery.ts'
import { ga4Report } from './ga4Report.ts'

export const ga4: ImportSource = { source: 'ga4', tool: 'Google Analytics 4', formats: [ga4BigQuery, ga4Report] }
