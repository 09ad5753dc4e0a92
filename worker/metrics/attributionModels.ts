import { DAY } from '../../shared/time'

/** Sessions that began earlier than this before the session of a conversion get no credit; milliseconds. */
export const LOOKBACK = 90 * DAY

/** After this time a session weighs half as much; milliseconds. */
export const HALF_LIFE = 7 * DAY

/** How the credit for a conversion is divided among the sessions that led to it. */
export interface AttributionModel {
  readonly id: string
  /** Who gets the credit, in words that follow "each credited". */
  readonly text: string
  /**
   * SQL of the share that a group of the sessions gets: it has `own` of the `touches` sessions and `own_weight` of their
   * `weight`, which halves with age. Whether it has the first, the last, and the last that is not direct, is in `has_first`,
   * `has_last` and `has_sourced`, the latter null if all are direct.
   */
  readonly share: string
}

const SESSIONS = "the visitor's sessions in the 90 days before"

/** A new model is one entry. */
export const ATTRIBUTION_MODELS = [
  { id: 'first', text: `to the first of ${SESSIONS}`, share: 'has_first' },
  { id: 'last', text: 'to the session in which it happened', share: 'has_last' },
  {
    id: 'last_non_direct',

    text: `to the last of ${SESSIONS} that is not direct, or to the last one if all are direct`,
    share: 'coalesce(has_sourced, has_last)',
  },
  { id: 'linear', text: `in equal parts to ${SESSIONS}`, share: '1.0 * own / touches' },
  {
    id: 'position',

    text: `40 % each to the first and the last of ${SESSIONS}, and 20 % divided among the rest; two sessions get half each`,
    share: `case when touches < 3 then 1.0 * own / touches
  else 0.4 * has_first + 0.4 * has_last + 0.2 * (own - has_first - has_last) / (touches - 2) end`,
  },
  {
    id: 'time_decay',

    text: `to ${SESSIONS}, with half the weight for every seven days of age`,
    share: 'own_weight / weight',
  },
] as const satisfies readonly AttributionModel[]
