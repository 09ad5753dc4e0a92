import type { MetricValue } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'

const WORDS: Readonly<Record<MetricValue['status'], string>> = { ok: '', ...clientFrameTexts.statuses }

/** Explains a value's status; empty for a plain value. */
export const statusText = ({ status, reason }: MetricValue): string => reason ?? WORDS[status]
