import { texts } from './texts'

/** Texts around every page. */
export const frameTexts = texts('frame', {
  allSites: 'All sites',
  addSite: 'Add a site…',
  csv: 'Download {panel} as CSV',
  language: 'Language',
  loading: 'Loading…',
  main: 'Main',
  more: 'More',
  needsScript: 'Enable JavaScript to see your stats.',
  noSite: 'No site yet',
  pages: 'Pages',
  sharedBy: 'Shared by Footfall',
  showsPart: 'Shows only part of the traffic.',
  signOut: 'Sign out',
  site: 'Site: {site}',
  siteOfNone: 'none',
  skip: 'Skip to content',
  theme: 'Theme',
})
