import type { ImportSource } from '../importFormat.ts'
import { ga4BigQuery } from './ga4BigQuery.ts'

export const ga4: ImportSource = { source: 'ga4', tool: 'Google Analytics 4', formats: [ga4BigQuery] }
