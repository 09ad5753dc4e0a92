const DAY = 86_400_000
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
]
const PAGES = ['/', '/', '/product/mug', '/product/socks', '/about']
const REFERRERS = [undefined, undefined, 'https://www.bing.com/', 'https://news.example/']
const COUNTRIES = ['SE', 'SE', 'NO', 'DE']
const CAMPAIGNS = ['', '', '', '?utm_source=letter&utm_medium=email&utm_campaign=autumn']

const choose = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

/** One session of a fictional visitor: some pages, sometimes a cart, sometimes an order. */
const visitOf = (number: number, begin: number): Record<string, unknown>[] => {
  const person = {
    visitor_id: `v${(number * 7) % 211}`,
    user_agent: choose(AGENTS, number),
    country: choose(COUNTRIES, number),
    ...(choose(REFERRERS, number) && { referrer: choose(REFERRERS, number) }),
  }
  const steps = [
    ...Array.from({ length: 1 + (number % 4) }, (_, at) => ({
      name: 'page_view',
      url: `https://localhost${choose(PAGES, number + at)}${at === 0 ? choose(CAMPAIGNS, number) : ''}`,
      engaged_seconds: 10 + ((number + at) % 40),
      scroll_depth: 20 + ((number * 7 + at) % 80),
      clicks: (number + at) % 3,
    })),
    ...(number % 5 === 0
      ? [
          {
            name: 'add_to_cart',
            url: 'https://localhost/product/mug',
            items: [{ item_id: 'MUG', price: 20, quantity: 1 }],
          },
        ]
      : []),
    ...(number % 15 === 0
      ? [{ name: 'purchase', url: 'https://localhost/thanks', value: 20, transaction_id: `t${number}` }]
      : []),
  ]
  return steps.map((step, at) => ({
    id: `${number}-${at}`,
    time: new Date(begin + at * 60_000).toISOString(),
    ...person,
    ...step,
  }))
}

/** A small shop's last 65 days up to yesterday, identical except for the dates. */
export const shopEvents = (now = Date.now()): Record<string, unknown>[] => {
  const midnight = Math.floor(now / DAY) * DAY
  return Array.from({ length: 65 }, (_, day) =>
    Array.from({ length: 6 + (day % 5) }, (_, at) =>
      visitOf(day * 20 + at, midnight - (day + 1) * DAY + (6 + at) * 3_600_000),
    ).flat(),
  ).flat()
}
