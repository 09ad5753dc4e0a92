import type { Builder } from './builder'

/** Whose money is counted: everybody's, or what a write key sent. */
export type Believed = 'all' | 'confirmed'

/** Whether money that only a browser sent is left out: by the question, or by a setting of the site. */
export const isOnlyConfirmed = (b: Builder, believed: Believed): boolean =>
  believed === 'confirmed' || b.settings.purchases === 'server'

/** The condition on events `e`. */
export const onlyConfirmed = (b: Builder, believed: Believed): string =>
  isOnlyConfirmed(b, believed) ? ' and e.unconfirmed is null' : ''
