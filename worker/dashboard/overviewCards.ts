import { HEADLINE_METRICS } from '../metrics/headlineMetrics.ts'

/** The metrics of the overview's cards. The first is charted until another is chosen. */
export const OVERVIEW_CARDS = HEADLINE_METRICS
