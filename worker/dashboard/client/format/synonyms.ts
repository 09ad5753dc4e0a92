import { metricsTexts } from '../../texts/metrics'

/** Other names of a metric, for a search; empty without any. */
export const synonymsOf = (id: string): string => (metricsTexts.synonyms as Readonly<Record<string, string>>)[id] ?? ''
