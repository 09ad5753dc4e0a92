const MOZILLA = 'Mozilla/5.0'
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const IOS = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'

/** A browser on a kind of device, with the `User-Agent` it sends. */
export interface Browser {
  readonly device: 'mobile' | 'desktop' | 'tablet'
  /** Its share among browsers of its device. */
  readonly weight: number
  readonly agent: string
}

export const BROWSERS: readonly Browser[] = [
  {
    device: 'mobile',
    weight: 52,
    agent: `${MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${IOS} Version/18.5 Mobile/15E148 Safari/604.1`,
  },
  {
    device: 'mobile',
    weight: 42,
    agent: `${MOZILLA} (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/139.0.0.0 Mobile Safari/537.36`,
  },
  {
    device: 'mobile',
    weight: 6,
    agent: `${MOZILLA} (Linux; Android 14; SM-S921B) ${WEBKIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
  },
  {
    device: 'desktop',
    weight: 46,
    agent: `${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36`,
  },
  {
    device: 'desktop',
    weight: 15,
    agent: `${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`,
  },
  {
    device: 'desktop',
    weight: 25,
    agent: `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) ${IOS} Version/18.5 Safari/605.1.15`,
  },
  { device: 'desktop', weight: 14, agent: `${MOZILLA} (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0` },
  {
    device: 'tablet',
    weight: 1,
    agent: `${MOZILLA} (iPad; CPU OS 18_5 like Mac OS X) ${IOS} Version/18.5 Mobile/15E148 Safari/604.1`,
  },
]
