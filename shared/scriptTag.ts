/** The script tag of a site, as it is pasted into its pages. */
export const scriptTag = (origin: string, domain: string): string =>
  `<script defer src="${origin}/s.js" data-site="${domain}"></script>`
