import { readFile } from 'node:fs/promises'
import { type CityResponse, Reader } from 'mmdb-lib'
import { CommandFailure } from '../failure.ts'

/** What Cloudflare says of a request's place, in `request.cf`. Parts that are unknown are missing. */
export interface CfLocation {
  readonly country?: string | undefined
  readonly region?: string | undefined
  readonly city?: string | undefined
}

/** Looks up an address. */
export type Locate = (address: string) => CfLocation

const read = async (path: string): Promise<Reader<CityResponse>> => {
  const file = await readFile(path).catch(error => {
    throw new CommandFailure(`GEO_DB is "${path}", but this file cannot be read: ${error.code}.`)
  })
  try {
    return new Reader<CityResponse>(file)
  } catch {
    throw new CommandFailure(`GEO_DB is "${path}", but must be an MMDB file, such as DB-IP Lite or GeoLite2.`)
  }
}

/**
 * Opens `GEO_DB`, an MMDB file with the fields of GeoIP2 and DB-IP. It is held in memory.
 * @param path `''` for none, which knows no place.
 * @throws CommandFailure
 * @see https://maxmind.github.io/MaxMind-DB/
 * @example (await openGeoDatabase('dbip-city-lite.mmdb'))('203.0.113.1') // { country: 'SE', city: 'Malmö', … }
 */
export const openGeoDatabase = async (path: string): Promise<Locate> => {
  if (path === '') return () => ({})
  const reader = await read(path)
  return address => {
    const { country, subdivisions, city } = reader.get(address) ?? {}
    return { country: country?.iso_code, region: subdivisions?.[0]?.names?.en, city: city?.names?.en }
  }
}
