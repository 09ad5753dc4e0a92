import type { Reading } from '../metric'

const NOTHING = { value: null, numerator: 0, denominator: 0, interval: null } as const

/**
 * The reading of a ratio whose denominator is 0.
 * @param whole the units of the denominator, in words
 * @param send input to send, if the script alone is not enough
 */
export const noData = (pending: number, whole: string, send?: string): Reading => {
  if (pending > 0) {
    return {
      ...NOTHING,
      status: 'pending',
      reason: `Too early to tell: the window is still open for ${pending}.`,
      pending,
    }
  }
  const reason = `There are no ${whole} in this period`
  return send === undefined
    ? { ...NOTHING, status: 'no_data', reason: `${reason}.`, pending }
    : { ...NOTHING, status: 'needs_input', reason: `${reason}; send ${send}.`, pending }
}

/** The reading of a number whose input was never sent. */
export const lacking = (input: string, send: string): Reading => ({
  ...NOTHING,
  status: 'needs_input',
  reason: `There are no ${input} in this period; send ${send}.`,
  pending: 0,
})
