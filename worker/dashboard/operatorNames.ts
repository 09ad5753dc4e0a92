import type { Operator } from '../../shared/question'
import { clientFrameTexts } from './texts/clientFrame'

/** Operators of filters in the page's language, as in "Country is not Sweden". */
export const OPERATOR_NAMES: Readonly<Record<Operator, string>> = clientFrameTexts.operators
