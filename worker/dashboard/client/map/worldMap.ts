import { countryShapes, MAP_HEIGHT, MAP_WIDTH } from './countryShapes'

const SVG = 'http://www.w3.org/2000/svg'

/** A country with a value. */
export interface MapCountry {
  /** ISO 3166-1, two letters. */
  readonly code: string
  /** The name and value of the country, for its tooltip and for screen readers. */
  readonly text: string
  /** Its part of the largest value, from 0 to 1. */
  readonly share: number
  /** The address that a click opens. */
  readonly href: string
}

/** A map, and the countries that are too small to be on it. */
export interface WorldMap {
  readonly svg: SVGSVGElement
  readonly missing: readonly MapCountry[]
}

const element = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly Node[]
): SVGElementTagNameMap[Tag] => {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  made.replaceChildren(...children)
  return made
}

let shapes: ReturnType<typeof countryShapes> | null = null

const outline = (code: string, path: string, country: MapCountry | undefined): SVGElement => {
  const shape = element('path', { d: path, 'data-country': code })
  if (!country) return shape
  // Values differ by orders of magnitude: the root keeps small ones visible.
  shape.style.setProperty('--share', `${Math.round(15 + 85 * Math.sqrt(country.share))}%`)
  const title = element('title', {})
  title.textContent = country.text
  return element('a', { href: country.href, 'aria-label': country.text, tabindex: -1 }, title, shape)
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Arrow keys go from country to country, from the largest value on; Enter opens one, and Tab leaves the map. */
const moveByKeys = (links: readonly SVGElement[], follow: (href: string) => void): void => {
  links[0]?.setAttribute('tabindex', '0')
  for (const [at, link] of links.entries())
    link.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        event.preventDefault()
        follow(link.getAttribute('href') ?? '')
      }
      const next = links[(at + (STEPS[event.key] ?? 0) + links.length) % links.length]
      if (!(event.key in STEPS) || !next) return
      event.preventDefault()
      // On the page, arrow keys move the period.
      event.stopPropagation()
      link.setAttribute('tabindex', '-1')
      next.setAttribute('tabindex', '0')
      next.focus()
    })
}

/**
 * Draws the countries of the world, colored by their values.
 * @param label names the map for screen readers
 * @param countries with the largest value first
 * @param follow opens an address
 */
export const worldMap = (label: string, countries: readonly MapCountry[], follow: (href: string) => void): WorldMap => {
  shapes ??= countryShapes()
  const byCode = new Map(countries.map(country => [country.code, country]))
  const outlines = shapes.map(({ code, path }) => outline(code, path, byCode.get(code)))
  const svg = element(
    'svg',
    { viewBox: `0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`, role: 'group', 'aria-label': label },
    ...outlines,
  )
  svg.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (!link || !isPlain) return
    event.preventDefault()
    follow(link.getAttribute('href') ?? '')
  })
  const links = countries.flatMap(
    ({ code }) => svg.querySelector<SVGElement>(`[data-country="${CSS.escape(code)}"]`)?.closest('a') ?? [],
  )
  moveByKeys(links as unknown as SVGElement[], follow)
  const drawn = new Set(shapes.map(({ code }) => code))
  return { svg, missing: countries.filter(({ code }) => !drawn.has(code)) }
}
