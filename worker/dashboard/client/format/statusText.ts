import type { MetricValue } from '../../../../shared/question'

const WORDS: Readonly<Record<MetricValue['status'], string>> = {
  ok: '',
  low_sample: 'Small sample – treat as an estimate.',
  no_data: 'No data for this period. Try a longer range or remove filters.',
  pending: 'Too early to tell.',
  needs_input: 'Required data hasn’t been received yet.',
  needs_identity: 'Needs returning-visitor IDs (data-id="persistent").',
  unavailable: 'Couldn’t be computed right now. Try again later.',
}

/** Explains a value's status; empty for a plain value. */
export const statusText = ({ status, reason }: MetricValue): string => reason ?? WORDS[status]
