/** A city that demo visitors live in. */
export interface DemoCity {
  readonly country: string
  readonly region: string
  readonly city: string
  readonly language: string
}

export const STOCKHOLM = { country: 'SE', region: 'Stockholm', city: 'Stockholm', language: 'sv-SE' }
export const GOTHENBURG = { country: 'SE', region: 'Västra Götaland', city: 'Gothenburg', language: 'sv-SE' }
export const OSLO = { country: 'NO', region: 'Oslo', city: 'Oslo', language: 'nb-NO' }
export const BERGEN = { country: 'NO', region: 'Vestland', city: 'Bergen', language: 'nb-NO' }
export const COPENHAGEN = { country: 'DK', region: 'Capital Region', city: 'Copenhagen', language: 'da-DK' }
export const HELSINKI = { country: 'FI', region: 'Uusimaa', city: 'Helsinki', language: 'fi-FI' }
export const BERLIN = { country: 'DE', region: 'Berlin', city: 'Berlin', language: 'de-DE' }
export const MUNICH = { country: 'DE', region: 'Bavaria', city: 'Munich', language: 'de-DE' }
export const LONDON = { country: 'GB', region: 'England', city: 'London', language: 'en-GB' }
export const EDINBURGH = { country: 'GB', region: 'Scotland', city: 'Edinburgh', language: 'en-GB' }
export const AMSTERDAM = { country: 'NL', region: 'North Holland', city: 'Amsterdam', language: 'nl-NL' }
export const ZURICH = { country: 'CH', region: 'Zurich', city: 'Zürich', language: 'de-CH' }
export const PORTLAND = { country: 'US', region: 'Oregon', city: 'Portland', language: 'en-US' }
export const DENVER = { country: 'US', region: 'Colorado', city: 'Denver', language: 'en-US' }
export const VANCOUVER = { country: 'CA', region: 'British Columbia', city: 'Vancouver', language: 'en-CA' }
