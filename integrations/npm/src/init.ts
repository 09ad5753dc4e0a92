/** Where the script is, and the attributes of its tag. */
export interface Options {
  /** The script on your collector, such as `https://stats.example.com/s.js`, or under the path you chose. It knows its endpoint. */
  src: string
  /** The site's domain, as it was added. Without it, the page counts for the site that its host belongs to. */
  site?: string | undefined
  /** The address of another collector. */
  api?: string | undefined
  /** Keeps an id in localStorage to recognize the visitor on later days. */
  id?: 'persistent' | undefined
  /** No automatic page views: the page calls `pageView()`. */
  manual?: boolean | undefined
  /** The fragment is part of the path. */
  hash?: boolean | undefined
  /** Records these paths only; `*` matches any characters. */
  include?: string | readonly string[] | undefined
  /** Records nothing on these paths. */
  exclude?: string | readonly string[] | undefined
  /** Modules to load, such as `ga4`. */
  modules?: string | readonly string[] | undefined
  /** With the module `pages`: the query parameter that holds a search term. */
  searchParameter?: string | undefined
  /** With the module `pages`: records submitted forms. */
  forms?: boolean | undefined
  /** Logs to the console why something was not recorded. */
  debug?: boolean | undefined
}

type Attribute = Exclude<Options[keyof Options], undefined>

const textOf = (value: Attribute): string => (value === true ? '' : [value].flat().join(' '))

/** Adds the script tag to the page, unless it is there already. Does nothing where there is no page, such as on a server. */
export const init = ({ src, ...attributes }: Options): void => {
  if (typeof document === 'undefined' || 'footfall' in document) return
  const script = document.createElement('script')
  script.src = src
  for (const [name, value] of Object.entries(attributes)) {
    // For attributes without a value, the script checks only that they exist.
    if (value !== undefined && value !== false) script.dataset[name] = textOf(value)
  }
  if ([...document.scripts].some(other => other.src === script.src)) return
  document.head.appendChild(script)
}
