/**
 * The script tag for the pages of a site.
 * @param src the script's address
 */
export const scriptTag = (src: string, domain: string): string =>
  `<script defer src="${src}" data-site="${domain}"></script>`
