import type { ImportSource } from '../importFormat.ts'
import { matomoLive } from './matomoLive.ts'

export const matomo: ImportSource = { source: 'matomo', tool: 'Matomo', formats: [matomoLive] }
