import type { MetricValue } from '../../../../shared/question'

const WORDS: Readonly<Record<MetricValue['status'], string>> = {
  ok: '',
  low_sample: 'Not enough data yet for a precise figure; a longer period says more.',
  no_data: 'Nothing to count in this period; choose a longer one or fewer filters.',
  pending: 'Too early to say.',
  needs_input: 'Needs data that was not sent.',
  needs_identity: 'Needs visitors with an id that lasts.',
  unavailable: 'Could not be computed now.',
}

/** What a value's status means, in words; empty for a plain value. */
export const statusText = ({ status, reason }: MetricValue): string => reason ?? WORDS[status]
