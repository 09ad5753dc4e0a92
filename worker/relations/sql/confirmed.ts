import type { SiteSettings } from '../../../shared/settings'

/** Which purchases count: all, or those that a write key sent. */
export type Believed = 'all' | 'confirmed'

interface WithSettings {
  readonly settings: SiteSettings
}

/** Whether the query or a setting of the site leaves out money that only a browser sent. */
export const isOnlyConfirmed = ({ settings }: WithSettings, believed: Believed): boolean =>
  believed === 'confirmed' || settings.purchases === 'server'

/** The condition on events `e`. */
export const onlyConfirmed = (site: WithSettings, believed: Believed): string =>
  isOnlyConfirmed(site, believed) ? ' and e.unconfirmed is null' : ''
