import type { ImportSource } from '../importFormat.ts'
import { matomoLive } from './matomoLive.ts'
import { matomoSql } from './matomoSql.ts'

export const matomo: ImportSource = { source: 'matomo', tool: 'Matomo', formats: [matomoLive, matomoSql] }
