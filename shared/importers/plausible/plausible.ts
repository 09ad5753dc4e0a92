import type { ImportSource } from '../importFormat.ts'
import { plausibleCsv } from './plausibleCsv.ts'

export const plausible: ImportSource = { source: 'plausible', tool: 'Plausible', formats: [plausibleCsv] }
