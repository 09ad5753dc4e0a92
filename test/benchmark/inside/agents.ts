const BROWSERS = [
  'Chrome/140.0.0.0 Safari/537.36',
  'Firefox/143.0',
  'Version/18.0 Safari/605.1.15',
  'Chrome/140.0.0.0 Mobile Safari/537.36',
]
const SYSTEMS = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'Linux; Android 15; Pixel 9',
]

/** One of 16 User-Agent headers. */
export const agentOf = (index: number): string =>
  `Mozilla/5.0 (${SYSTEMS[index % SYSTEMS.length]}) AppleWebKit/537.36 (KHTML, like Gecko) ${BROWSERS[Math.floor(index / SYSTEMS.length) % BROWSERS.length]}`

/** The address of a simulated visitor. */
export const addressOf = (visitor: number): string => `10.${visitor >> 16}.${(visitor >> 8) & 255}.${visitor & 255}`
