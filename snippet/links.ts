import { footfall } from './page-view'
import { tag } from './tag'

/** Records links to files and to other sites. Only a link to a host has a `hostname`. */
export const recordLink = (link: HTMLAnchorElement) =>
  footfall(
    (link.hostname &&
      ((link.attributes as unknown as { download?: Attr }).download ||
      /\.(csv|docx?|mp[34]|pdf|pptx?|xlsx?|zip)$/i.test(link.pathname)
        ? 'file_download'
        : !(link.hostname === location.hostname || link.hostname.endsWith(tag.site as string)) &&
          'outbound_click')) as string,
    { link_url: link.origin + link.pathname },
  )
