import { texts } from './texts.ts'

export const tagTexts = texts('tag', {
  title: 'Installation',
  panels: {
    paste: 'Install the script',
    'first-view': 'Verify installation',
  },
  leads: {
    paste: 'Choose your platform to see its steps.',
  },
  paste: {
    platform: 'Platform',
    detect: 'Detect',
    copy: 'Copy',
    scriptTag: 'Script tag',
    reading: 'Reading the front page…',
    detected: 'Detected: {platform}.',
    guide: 'See docs/integrations/{guide}.md in the project for what is counted and what is not.',
  },
  check: {
    waiting: 'Waiting for the first page view…',
    waitingAnnouncement: 'Waiting for the first page view.',
    open: 'Open a page that has the script, and we’ll detect it automatically. If nothing shows up:',
    domain: 'The page must be on the site’s domain, a subdomain of it, or an additional domain from Settings.',
    blockers: 'Visits with an ad blocker or localStorage.footfall_ignore aren’t counted.',
    policy: 'A Content-Security-Policy must allow this address in script-src and connect-src.',
    debug: 'With data-debug on the script tag, the console shows why something was not recorded.',
    excluded: '{excluded} shows what was rejected, and why.',
    excludedLink: 'Excluded traffic',
    works: { one: 'It works: {count} page view so far.', other: 'It works: {count} page views so far.' },
    worksAnnouncement: 'It works.',
    overview: 'Go to overview',
  },
})
