import type { Definition } from '../../page'
import { number, type Options } from './number'
import { valueText } from './valueText'

const COMPACT: Options = { notation: 'compact', maximumFractionDigits: 1 }

const ON_AXIS: Partial<Record<Definition['unit'], (value: number, currency: string) => string>> = {
  count: value => number(value, COMPACT),
  currency: (value, currency) => number(value, { ...COMPACT, style: 'currency', currency }),
}

/** Formats a value for the axis of a chart, where space is tight. */
export const axisText = (definition: Pick<Definition, 'unit'>, value: number, currency = 'USD'): string =>
  ON_AXIS[definition.unit]?.(value, currency) ?? valueText(definition, value, currency)
