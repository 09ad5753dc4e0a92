import { expect, test } from 'vitest'
import { PLATFORMS } from '../../shared/platforms'
import { detectPlatform } from '../../worker/http/platform/detectPlatform'
import { fetchFrontPage } from '../../worker/http/platform/fetchFrontPage'

/** Typical page heads of each platform, from its documentation and themes. */
const PAGES: readonly (readonly [platform: string, html: string, headers?: Record<string, string>])[] = [
  ['html', '<title>Hello</title><p>We moved here from WordPress and Shopify.</p>'],
  ['wordpress', '<link rel="stylesheet" href="https://shop.example/wp-content/themes/twentytwentyfive/style.css">'],
  ['wordpress', '<meta name="generator" content="WordPress 6.8">'],
  ['wordpress', '<title>Blog</title>', { link: '<https://shop.example/wp-json/>; rel="https://api.w.org/"' }],
  ['woocommerce', '<script src="/wp-content/plugins/woocommerce/assets/js/frontend/woocommerce.min.js"></script>'],
  ['shopify', '<link href="//cdn.shopify.com/s/files/1/theme.css" rel="stylesheet">'],
  ['shopify', '<link href="//shop.example/cdn/shop/t/1/assets/base.css" rel="stylesheet">'],
  ['webflow', '<html data-wf-domain="shop.example" data-wf-page="1" data-wf-site="2">'],
  ['ghost', '<meta name="generator" content="Ghost 6.0">'],
  ['wix', '<meta name="generator" content="Wix.com Website Builder"/>'],
  ['squarespace', '<link rel="icon" href="https://images.squarespace-cdn.com/x.ico">', { server: 'Squarespace' }],
  ['next', '<script src="/_next/static/chunks/main.js" async=""></script>'],
  ['astro', '<meta name="generator" content="Astro v6.0.5">'],
  ['gtm', "<script>(function(w,d,s,l,i){j.src='https://www.googletagmanager.com/gtm.js?id='+i})()</script>"],
  [
    'wordpress',
    '<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script><img src="/wp-content/a.png">',
  ],
]

test.each(PAGES.map(([platform, html, headers]) => ({ platform, html, headers })))(
  '$html is a page of $platform',
  ({ platform, html, headers }) => {
    expect(detectPlatform({ html, headers: new Headers(headers) })).toBe(platform)
  },
)

test('a page of every platform is recognized', () => {
  expect(new Set(PAGES.map(([platform]) => platform))).toEqual(new Set(PLATFORMS.map(({ id }) => id)))
})

test('a hostile page takes no more time than any other', { timeout: 60_000 }, () => {
  const html = '<meta'.repeat(100_000)
  const start = performance.now()
  expect(detectPlatform({ html, headers: new Headers() })).toBe('html')
  // Wide, because a busy machine is slow.
  expect(performance.now() - start).toBeLessThan(30_000)
})

/** A network in which each address answers with its response; `asked` lists every request. */
const network = (responses: Readonly<Record<string, () => Response>>) => {
  const asked: string[] = []
  const ask = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push(url)
    expect(init.redirect).toBe('manual')
    const answer = responses[url]
    if (!answer) throw new TypeError('Network connection lost.')
    return answer()
  }
  return { asked, ask: ask as typeof fetch }
}

const redirect = (location: string) => () => new Response(null, { status: 301, headers: { location } })

const OTHER_ADDRESSES = [
  'http://shop.com/',
  'https://shop.com:8443/',
  'https://user:secret@shop.com/',
  'https://evilshop.com/',
  'https://shop.com.evil.net/',
  'https://10.0.0.1/',
  'file:///etc/passwd',
  '//127.0.0.1/',
]

test.each(OTHER_ADDRESSES)('a redirect to %s is not followed', async location => {
  const { asked, ask } = network({ 'https://shop.com/': redirect(location) })
  await expect(fetchFrontPage('shop.com', ask)).rejects.toMatchObject({ status: 422, code: 'front_page_unreachable' })
  expect(asked).toEqual(['https://shop.com/'])
})

test('redirects within the domain are followed', async () => {
  const { ask } = network({
    'https://shop.com/': redirect('https://www.shop.com/'),
    'https://www.shop.com/': redirect('/en/'),
    'https://www.shop.com/en/': () => new Response('<p>Hello'),
  })
  expect((await fetchFrontPage('shop.com', ask)).html).toBe('<p>Hello')
})

test('an endless redirect is given up', async () => {
  const { asked, ask } = network({ 'https://shop.com/': redirect('/') })
  await expect(fetchFrontPage('shop.com', ask)).rejects.toMatchObject({ code: 'front_page_unreachable' })
  expect(asked.length).toBe(4)
})

test('an endless page is read up to 500,000 bytes', async () => {
  let cancelled = false
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: controller => controller.enqueue(new Uint8Array(64_000).fill(32)),
        cancel: () => {
          cancelled = true
        },
      }),
    )
  const { html } = await fetchFrontPage('shop.com', network({ 'https://shop.com/': endless }).ask)
  expect(html.length).toBe(512_000)
  expect(cancelled).toBe(true)
})

test('a request that takes too long is given up', async () => {
  let patience: AbortSignal | null | undefined
  const ask = async (_: string, { signal }: RequestInit): Promise<Response> => {
    patience = signal
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  }
  await expect(fetchFrontPage('shop.com', ask as typeof fetch)).rejects.toMatchObject({
    code: 'front_page_unreachable',
  })
  expect(patience).toBeInstanceOf(AbortSignal)
})

const NOT_PUBLIC = [
  'localhost',
  'intranet',
  '127.0.0.1',
  '10.0.0.1',
  'shop.example',
  'nas.local',
  'db.internal',
  'a.localhost',
]

test.each(NOT_PUBLIC)('%s is not requested', async domain => {
  const { asked, ask } = network({})
  await expect(fetchFrontPage(domain, ask)).rejects.toMatchObject({ status: 422, code: 'not_public' })
  expect(asked).toEqual([])
})
