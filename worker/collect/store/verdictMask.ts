import { type TrafficVerdict, VERDICTS } from '../../../shared/verdicts'

/** Verdicts as the bits of a number, as they are stored. */
export const verdictMask = (verdicts: readonly TrafficVerdict[]): number =>
  verdicts.reduce((mask, verdict) => mask | (1 << VERDICTS.indexOf(verdict)), 0)

/** The verdicts in a stored number. */
export const verdictsIn = (mask: number): TrafficVerdict[] => VERDICTS.filter((_, bit) => mask & (1 << bit))
