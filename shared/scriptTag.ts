/** The script tag for the pages of a site. */
export const scriptTag = (origin: string, domain: string): string =>
  `<script defer src="${origin}/s.js" data-site="${domain}"></script>`
