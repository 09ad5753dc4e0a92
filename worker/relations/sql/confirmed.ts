import type { SiteSettings } from '../../../shared/settings'

/** Which purchases count: all, or those that a write key sent. */
export type Confirmation = 'all' | 'confirmed'

interface WithSettings {
  readonly settings: SiteSettings
}

/** Whether the query or a setting of the site leaves out money that only a browser sent. */
export const isOnlyConfirmed = ({ settings }: WithSettings, confirmation: Confirmation): boolean =>
  confirmation === 'confirmed' || settings.purchases === 'server'

/** The condition on events `e`. */
export const onlyConfirmed = (site: WithSettings, confirmation: Confirmation): string =>
  isOnlyConfirmed(site, confirmation) ? ' and e.unconfirmed is null' : ''
