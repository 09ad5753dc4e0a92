import { completeEntry } from '../../storage/dictionaryEntry'
import type { EnrichedEvent } from './storeEvents'

const CONTEXT = { page: 'pages', source: 'sources', place: 'places', device: 'devices' } as const

/** An event that an earlier release queued or kept lacks the strings of newer columns. */
export const completeEvent = ({ claim, fact }: EnrichedEvent): EnrichedEvent => {
  if (!fact) return { claim, fact }
  const entries = Object.entries(CONTEXT).map(([part, dictionary]) => {
    const entry = fact[part as keyof typeof CONTEXT]
    return [part, entry && completeEntry(dictionary, entry)]
  })
  return { claim, fact: { ...fact, ...Object.fromEntries(entries) } }
}
