import type { Reading } from '../metric'

const NOTHING = { value: null, numerator: 0, denominator: 0, interval: null } as const

/**
 * Of a ratio over nothing.
 * @param send what to send to get it, where the snippet alone does not
 */
export const noData = (pending: number, what: string, send?: string): Reading => {
  if (pending > 0) {
    return { ...NOTHING, status: 'pending', reason: `The ${pending} there are have not had their time yet.`, pending }
  }
  const reason = `There are no ${what} in this period`
  return send === undefined
    ? { ...NOTHING, status: 'no_data', reason: `${reason}.`, pending }
    : { ...NOTHING, status: 'needs_input', reason: `${reason}; send ${send}.`, pending }
}

/** Of a number that is made of what was never sent. */
export const lacking = (what: string, send: string): Reading => ({
  ...NOTHING,
  status: 'needs_input',
  reason: `There are no ${what} in this period; send ${send}.`,
  pending: 0,
})
