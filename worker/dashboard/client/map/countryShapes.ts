import { geoNaturalEarth1, geoPath } from 'd3-geo'
import codes from 'i18n-iso-countries/codes.json'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-110m.json'

export const MAP_WIDTH = 960
export const MAP_HEIGHT = 460

/** The outline of a country on the map. */
export interface CountryShape {
  /** ISO 3166-1, two letters; '' for a country without a code. */
  readonly code: string
  /** Data of an SVG path. */
  readonly path: string
}

/** Antarctica, which would take a fifth of the map. */
const LEFT_OUT = 'AQ'

/** Two letters by number. */
const LETTERS = new Map(codes.map(([letters, , number]) => [number, letters]))

/** The outlines of all countries, by Natural Earth at 1:110 million. */
export const countryShapes = (): readonly CountryShape[] => {
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>
  const { features } = feature(topology, topology.objects.countries)
  const shown = features
    .map(country => ({ country, code: LETTERS.get(String(country.id)) ?? '' }))
    .filter(({ code }) => code !== LEFT_OUT)
  const all = { type: 'FeatureCollection' as const, features: shown.map(({ country }) => country) }
  const path = geoPath(geoNaturalEarth1().fitSize([MAP_WIDTH, MAP_HEIGHT], all)).digits(1)
  return shown.map(({ country, code }) => ({ code, path: path(country) ?? '' }))
}
