import { type Fields, isFields, type Reject } from './fields'

const ofEvent = ['value', 'tax', 'shipping']
const ofItem = ['price', 'discount']

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

/** Parameters without their amounts: in an unknown currency nobody can tell what they are worth. */
export const withoutAmounts = (fields: Fields, omit: Reject): Fields => {
  const without = (of: Fields, names: readonly string[], path: string): Fields => {
    for (const name of names.filter(name => isGiven(of[name]))) {
      omit(`${path}${name}`, 'unknown_currency', `"${path}${name}" is in an unknown currency.`)
    }
    return { ...of, ...Object.fromEntries(names.map(name => [name, null])) }
  }
  const { items } = fields
  const rest = without(fields, ofEvent, '')
  if (!Array.isArray(items)) return rest
  return { ...rest, items: items.map(item => (isFields(item) ? without(item, ofItem, 'items.') : item)) }
}
