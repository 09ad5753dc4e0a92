import type { SiteSettings } from '../../shared/settings'

/** They send data elsewhere or delete it. */
const OWNERS_SETTINGS = ['reports', 'alarms', 'retention_months'] as const satisfies readonly (keyof SiteSettings)[]

/** Whether a change of settings is one that only an owner may make. */
export const changesOwnersSettings = (before: SiteSettings, after: SiteSettings): boolean =>
  OWNERS_SETTINGS.some(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
