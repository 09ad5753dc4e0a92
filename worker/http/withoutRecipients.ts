import type { SiteSettings } from '../../shared/settings'

/** Settings as editors see them. The address of a webhook is a secret: whoever knows it can post there. */
export const withoutRecipients = ({ reports: _, alarms: __, ...settings }: SiteSettings) => settings
