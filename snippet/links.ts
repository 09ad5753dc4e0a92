import { footfall } from './page-view'
import { tag } from './tag'

/** Records links to files and to other sites. Only a link to a host has a `hostname`. */
export const recordLink = (link: HTMLAnchorElement) => {
  if (link.hostname) {
    const name =
      (link.attributes as unknown as { download?: Attr }).download ||
      /\.(csv|docx?|mp[34]|pdf|pptx?|xlsx?|zip)$/i.test(link.pathname)
        ? 'file_download'
        : !(link.hostname === location.hostname || link.hostname.endsWith(tag.site as string)) && 'outbound_click'
    if (name) footfall(name, { link_url: link.origin + link.pathname })
  }
}
