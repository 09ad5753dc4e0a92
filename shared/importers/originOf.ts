/** Where a session came from, '' for what is unknown. */
export interface SessionOrigin {
  readonly source: string
  /** Whether the source was given by utm_source; else it is the site that linked here. */
  readonly isTagged: boolean
  readonly medium: string
  readonly campaign: string
  readonly term?: string
  readonly content?: string
}

/**
 * The URL parameters of a landing page that stand for an origin.
 * @example originOf({ source: 'Google', isTagged: false, medium: '', campaign: '' }) // 'source=Google'
 */
export const originOf = ({ source, isTagged, medium, campaign, term = '', content = '' }: SessionOrigin): string => {
  const hasTags = isTagged || [medium, campaign, term, content].some(Boolean)
  const parameters = {
    [hasTags ? 'utm_source' : 'source']: source,
    utm_medium: medium,
    utm_campaign: campaign,
    utm_term: term,
    utm_content: content,
  }
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '')).toString()
}
