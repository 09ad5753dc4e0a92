import type { Child, FC } from 'hono/jsx'
import { metricOf } from '../metrics/definitions'
import type { Metric } from '../metrics/metric'
import type { MetricId } from '../metrics/metricId'
import { DEFAULT_VIEW, searchOf, type View } from './address'
import type { Definition, PageData, PageProps, Panel, SharedProps } from './page'
import { PAGES, type PageId } from './pages'
import { SCRIPTS, STYLE } from './scripts'
import { segmentsOf } from './segmentsOf'
import { coverageTexts } from './texts/coverage'
import type { Dictionary } from './texts/dictionary'
import { excludedTexts } from './texts/excluded'
import { fill } from './texts/fill'
import { frameTexts } from './texts/frame'
import { LANGUAGES } from './texts/languages'
import { metricName } from './texts/metricNames'
import { tagTexts } from './texts/tag'
import { useDictionary, useLanguage, useTexts } from './texts/useTexts'
import { ViewLine } from './viewLine'

/** The HTML document around every page. */
export const Document: FC<{ title: string; script?: string; children?: Child; data?: PageData }> = props => {
  const language = useLanguage()
  const script = props.script === undefined ? undefined : SCRIPTS[props.script]
  const dictionary = script?.texts[language]
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{props.title} · Footfall</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="manifest" href="/manifest.webmanifest" />
        {SCRIPTS.theme && <script src={SCRIPTS.theme.src} />}
        <link rel="stylesheet" href={STYLE} />
        {script?.imports.map(href => (
          <link rel="modulepreload" href={href} />
        ))}
        {/* A module waits for it, as both run in the order of the document. */}
        {dictionary && <script defer src={dictionary} />}
        {script && <script type="module" src={script.src} />}
      </head>
      <body data-page={props.data && JSON.stringify(props.data)}>{props.children}</body>
    </html>
  )
}

/** The query that links to other pages share. */
const sharedSearch = (view: View, site = view.site): string =>
  searchOf({ ...view, site, ...(site !== view.site && { filters: [], segment: '' }), own: {} })

/** Links to the pages about a site's data that are not in the navigation. */
const SiteLinks: FC<{ site: NonNullable<PageProps['site']> }> = ({ site }) => {
  const search = searchOf({ ...DEFAULT_VIEW, site: site.domain })
  return (
    <>
      <li class="apart">
        <a href={`/tag${search}`}>{useTexts(tagTexts).title}</a>
      </li>
      <li>
        <a href={`/excluded${search}`}>{useTexts(excludedTexts).title}</a>
      </li>
      <li>
        <a href={`/coverage${search}`}>{useTexts(coverageTexts).title}</a>
      </li>
    </>
  )
}

const SiteSwitcher: FC<PageProps> = ({ page, view, site, sites, rights }) => {
  const frame = useTexts(frameTexts)
  return (
    <details class="menu">
      <summary aria-label={fill(frame.site, { site: site?.domain ?? frame.siteOfNone })}>
        {site?.domain ?? frame.noSite}
      </summary>
      <ul>
        {sites.map(({ domain }) => (
          <li>
            <a
              href={`${page.controls ? page.path : '/'}${sharedSearch(view, domain)}`}
              data-site={domain}
              aria-current={domain === site?.domain ? 'true' : undefined}
            >
              {domain}
            </a>
          </li>
        ))}
        {site && <SiteLinks site={site} />}
        {sites.length > 1 && (
          <li class="apart">
            <a href="/sites">{frame.allSites}</a>
          </li>
        )}
        {rights.add && (
          <li>
            <a href="/add">{frame.addSite}</a>
          </li>
        )}
      </ul>
    </details>
  )
}

const PageLinks: FC<PageProps & { of: PageProps['pages'] }> = ({ of, page, view }) => (
  <>
    {of.map(({ path, texts, id }) => (
      <li>
        <a href={`${path}${sharedSearch(view)}`} data-keeps-view aria-current={id === page.id ? 'page' : undefined}>
          {useTexts(texts).title}
        </a>
      </li>
    ))}
  </>
)

const Navigation: FC<PageProps> = props => (
  <nav class="pages" aria-label={useTexts(frameTexts).pages}>
    <ul>
      <PageLinks {...props} of={props.pages} />
    </ul>
  </nav>
)

/** How many places a phone's bottom bar has. */
const PLACES = 4

/** The pages of a phone's bottom bar, unless it has a place for each. The others are in its menu. */
const IN_BAR: readonly string[] = ['overview', 'cart', 'now'] satisfies PageId[]

const BottomBar: FC<PageProps> = props => {
  const { page, pages } = props
  const frame = useTexts(frameTexts)
  const isShort = pages.length <= PLACES
  const rest = isShort ? [] : pages.filter(({ id }) => !IN_BAR.includes(id))
  return (
    <nav class="bottom" aria-label={frame.main}>
      <ul>
        <PageLinks {...props} of={pages.filter(one => !rest.includes(one))} />
        {rest.length > 0 && (
          <li>
            <details class="menu">
              <summary aria-current={rest.some(({ id }) => id === page.id) ? 'true' : undefined}>{frame.more}</summary>
              <ul>
                <PageLinks {...props} of={rest} />
              </ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

const SignOut: FC = () => (
  <form method="post" action="/logout">
    <button type="submit" class="quiet">
      {useTexts(frameTexts).signOut}
    </button>
  </form>
)

const Header: FC<PageProps> = props => (
  <header class="top">
    <a class="skip" href="#main">
      {useTexts(frameTexts).skip}
    </a>
    <span class="brand">{props.shared ? <bdi>{props.site?.domain}</bdi> : 'Footfall'}</span>
    {!props.shared && <SiteSwitcher {...props} />}
    <Navigation {...props} />
    {/* As wide as the sign that the script puts there: a word would wrap the line first. */}
    <button type="button" id="theme" class="quiet" aria-label={useTexts(frameTexts).theme}>
      ◐
    </button>
    {!props.shared && <SignOut />}
  </header>
)

const LanguageMenu: FC = () => {
  const language = useLanguage()
  return (
    <label class="language">
      <span>{useTexts(frameTexts).language}</span>
      <select id="language" autocomplete="off">
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option value={code} lang={code} selected={code === language}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

const SharedBy: FC<{ shared: SharedProps }> = ({ shared }) => {
  const frame = useTexts(frameTexts)
  return (
    <span class="shared-by">
      {shared.isFiltered && `${frame.showsPart} `}
      {frame.sharedBy}
    </span>
  )
}

const Footer: FC<Pick<PageProps, 'shared'>> = ({ shared }) => {
  const hasMenu = Object.keys(LANGUAGES).length > 1
  return shared || hasMenu ? (
    <footer class="end">
      {shared && <SharedBy shared={shared} />}
      {hasMenu && <LanguageMenu />}
    </footer>
  ) : null
}

const PanelSection: FC<{ panel: Panel; page: PageProps }> = ({ panel, page }) => {
  const { id, csv, half, hidden, Body } = panel
  const frame = useTexts(frameTexts)
  const { panels, leads } = useTexts(page.page.texts)
  const [title, lead] = [panels[id] ?? '', leads?.[id]]
  return (
    <section class={half ? 'panel half' : 'panel'} id={id} aria-labelledby={`${id}-title`} data-panel hidden={hidden}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {lead && <p>{lead}</p>}
        {csv && (
          <button type="button" class="quiet csv" data-csv aria-label={fill(frame.csv, { panel: title })}>
            CSV
          </button>
        )}
      </header>
      {Body && <Body {...page} />}
      <div class="body" data-body>
        {!Body && (
          <p class="state" data-loading>
            {frame.loading}
          </p>
        )}
      </div>
    </section>
  )
}

const clientDefinition = ({ id, name, help, unit, better, change }: Metric, dictionary: Dictionary): Definition => ({
  id,
  name: metricName(id, name, dictionary),
  help,
  unit,
  better,
  change,
})

/** The definitions for the client, in the order of the ids. */
const useDefinitions = (ids: readonly MetricId[]): PageData['metrics'] => {
  const dictionary = useDictionary()
  return Object.fromEntries(
    ids.flatMap(id => metricOf(id) ?? []).map(metric => [metric.id, clientDefinition(metric, dictionary)]),
  )
}

/** Names of goals, funnels and segments are for those who see them on their pages. */
const namesOf = ({ site, pages, shared }: PageProps): Pick<PageData, 'segments' | 'goals' | 'funnels'> => {
  const shows = (metric: MetricId): boolean => !shared || pages.some(({ metrics }) => metrics.includes(metric))
  const { goals = [], funnels = [] } = site?.settings ?? {}
  return {
    segments: site && !shared ? segmentsOf(site.settings) : [],
    goals: shows('goal_conversions') ? goals.map(({ id, name }) => ({ id, name })) : [],
    funnels: shows('funnel') ? funnels.map(({ steps: _, ...funnel }) => funnel) : [],
  }
}

const sharedData = ({ shared, pages }: PageProps): PageData['shared'] =>
  shared && {
    key: shared.key,
    path: shared.path,
    isEmbedded: shared.isEmbedded,
    isLocked: shared.isLocked,
    paths: Object.fromEntries(
      PAGES.flatMap(({ id, path }) => pages.filter(page => page.id === id).map(page => [path, page.path])),
    ),
  }

const useData = (props: PageProps): PageData => ({
  site: props.site && {
    domain: props.site.domain,
    name: props.site.name,
    timezone: props.site.timezone,
    currency: props.site.currency,
  },
  ...namesOf(props),
  // Notes are about the whole site.
  annotations: props.shared?.isFiltered ? [] : (props.site?.settings.annotations ?? []),
  rights: props.rights,
  script: props.paths.script,
  metrics: useDefinitions(props.page.metrics),
  shared: sharedData(props),
})

/** A page for a reader: navigation, controls, and panels for the client to fill. */
export const Shell: FC<PageProps> = props => {
  const { title } = useTexts(props.page.texts)
  return (
    <Document
      title={[title, props.site?.domain].filter(Boolean).join(' · ')}
      script={props.page.id}
      data={useData(props)}
    >
      {!props.shared?.isEmbedded && <Header {...props} />}
      <main id="main" tabindex={-1}>
        {/* The navigation shows where a listed page is. */}
        <h1 class={props.page.controls && props.page.listed ? 'unseen' : undefined}>{title}</h1>
        {props.page.controls && <ViewLine {...props} />}
        <noscript>
          <p class="state">{useTexts(frameTexts).needsScript}</p>
        </noscript>
        <div class="panels">
          {props.page.panels.map(panel => (
            <PanelSection panel={panel} page={props} />
          ))}
        </div>
        <p id="announcement" class="unseen" aria-live="polite" />
      </main>
      <Footer shared={props.shared} />
      {!props.shared?.isEmbedded && <BottomBar {...props} />}
    </Document>
  )
}
