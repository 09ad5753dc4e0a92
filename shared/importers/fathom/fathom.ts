import type { ImportSource } from '../importFormat.ts'
import { fathomCsv } from './fathomCsv.ts'

export const fathom: ImportSource = { source: 'fathom', tool: 'Fathom', formats: [fathomCsv] }
