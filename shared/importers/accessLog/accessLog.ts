import type { ImportSource } from '../importFormat.ts'
import { combinedLine } from './combinedLine.ts'
import { jsonLine } from './jsonLine.ts'
import { logFormat } from './logFormat.ts'

export const accessLog: ImportSource = {
  source: 'access-log',
  tool: 'Access log',
  formats: [
    logFormat('a log in the combined format of Apache or nginx', combinedLine),
    logFormat('a log of nginx or Caddy as lines of JSON', jsonLine),
  ],
}
