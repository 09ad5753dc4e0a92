import { texts } from './texts'

export const settingsTexts = texts('settings', {
  title: 'Settings',
  panels: {
    tabs: 'Sections',
    site: 'Site',
    webhooks: 'Webhooks',
    imports: 'Import history',
    exports: 'Export rows',
    people: 'People',
    sharing: 'Sharing',
    keys: 'API keys',
    remove: 'Delete site',
  },
  leads: {
    site: 'Goals apply to past data as well, query parameters to new data only. To apply traffic filters to past data, open Excluded traffic.',
    webhooks:
      'Send webhooks to these addresses to count orders, refunds and subscriptions. Secrets can’t be viewed after saving.',
    imports:
      'Imports your history from another tool. A dry run reads the files and sends nothing. Compare shows both tools’ figures side by side. Importing the same files twice changes nothing.',
    exports: 'Downloads every row of a table, for days in the site’s time zone.',
    people: 'Each person signs in with their own passkey and sees only their own sites.',
    sharing:
      'Links that show this site’s stats without signing in. Anyone with a link can see its pages and nothing else.',
    keys: 'Read keys query stats. Write keys send events and imports. Export keys download rows.',
    remove: 'This can’t be undone.',
  },
})
