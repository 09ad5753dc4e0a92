import type { SiteSettings } from '../../../shared/settings'

/** Whose money is counted: everybody's, or what a write key sent. */
export type Believed = 'all' | 'confirmed'

interface WithSettings {
  readonly settings: SiteSettings
}

/** Whether money that only a browser sent is left out: by the question, or by a setting of the site. */
export const isOnlyConfirmed = ({ settings }: WithSettings, believed: Believed): boolean =>
  believed === 'confirmed' || settings.purchases === 'server'

/** The condition on events `e`. */
export const onlyConfirmed = (site: WithSettings, believed: Believed): string =>
  isOnlyConfirmed(site, believed) ? ' and e.unconfirmed is null' : ''
