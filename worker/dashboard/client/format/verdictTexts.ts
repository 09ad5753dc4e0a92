import type { TrafficVerdict } from '../../../../shared/verdicts'
import { excludedTexts } from '../../texts/excluded'

/** Why traffic is taken for something other than people, in plain words. */
export const VERDICT_TEXTS: Readonly<Record<TrafficVerdict, string>> = excludedTexts.verdicts
