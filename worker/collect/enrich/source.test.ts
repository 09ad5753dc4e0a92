import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Source, sourceOf } from './source'

const isInternal = (host: string): boolean => host === 'shop.example' || host.endsWith('.shop.example')
const from = (query: string, referrer = ''): Source | null =>
  sourceOf(new URL(`https://shop.example/page${query}`), referrer, isInternal)

/** Query, referrer, then channel, source and medium. */
type Case = readonly [query: string, referrer: string, channel: string, source: string, medium: string]

const REFERRERS: readonly Case[] = [
  ['', 'https://www.google.com/', 'Organic search', 'Google', 'organic'],
  ['', 'https://www.google.se/', 'Organic search', 'Google', 'organic'],
  ['', 'https://www.google.de/imgres?q=x', 'Organic search', 'Google Images', 'organic'],
  ['', 'https://www.bing.com/', 'Organic search', 'Bing', 'organic'],
  ['', 'https://cn.bing.com/search?q=x', 'Organic search', 'Bing', 'organic'],
  ['', 'https://duckduckgo.com/', 'Organic search', 'DuckDuckGo', 'organic'],
  ['', 'https://www.ecosia.org/', 'Organic search', 'Ecosia', 'organic'],
  ['', 'https://search.brave.com/', 'Organic search', 'Brave Search', 'organic'],
  ['', 'https://de.search.yahoo.com/', 'Organic search', 'Yahoo!', 'organic'],
  ['', 'https://xx.search.yahoo.com/', 'Organic search', 'Yahoo!', 'organic'],
  ['', 'https://yandex.ru/', 'Organic search', 'Yandex', 'organic'],
  ['', 'https://m.baidu.com/', 'Organic search', 'Baidu', 'organic'],
  ['', 'https://kagi.com/', 'Organic search', 'Kagi', 'organic'],
  ['', 'https://www.startpage.com/', 'Organic search', 'Startpage', 'organic'],
  ['', 'android-app://com.google.android.googlequicksearchbox/', 'Organic search', 'Google', 'organic'],
  ['', 'https://docs.google.com/document/d/1', 'Referral', 'docs.google.com', 'referral'],
  ['', 'https://maps.google.com/', 'Referral', 'Google', 'referral'],
  ['', 'https://news.ycombinator.com/item?id=1', 'Organic social', 'Hacker News', 'social'],
  ['', 'https://l.facebook.com/', 'Organic social', 'Facebook', 'social'],
  ['', 'https://m.facebook.com/', 'Organic social', 'Facebook', 'social'],
  ['', 'https://t.co/abc', 'Organic social', 'Twitter', 'social'],
  ['', 'https://x.com/', 'Organic social', 'Twitter', 'social'],
  ['', 'https://www.linkedin.com/', 'Organic social', 'LinkedIn', 'social'],
  ['', 'https://www.pinterest.com/', 'Organic social', 'Pinterest', 'social'],
  ['', 'https://se.pinterest.com/', 'Organic social', 'Pinterest', 'social'],
  ['', 'https://www.tiktok.com/', 'Organic social', 'TikTok', 'social'],
  ['', 'https://out.reddit.com/', 'Organic social', 'Reddit', 'social'],
  ['', 'https://www.youtube.com/', 'Organic video', 'YouTube', 'referral'],
  ['', 'https://m.youtube.com/', 'Organic video', 'YouTube', 'referral'],
  ['', 'https://vimeo.com/1', 'Organic video', 'Vimeo', 'referral'],
  ['', 'https://www.amazon.co.uk/', 'Organic shopping', 'Amazon', 'referral'],
  ['', 'https://www.ebay.de/itm/1', 'Organic shopping', 'eBay', 'referral'],
  ['', 'https://www.google.com/products?q=x', 'Organic shopping', 'Google Product Search', 'referral'],
  ['', 'https://mail.google.com/mail/u/0/', 'Email', 'Gmail', 'email'],
  ['', 'android-app://com.google.android.gm/', 'Email', 'Gmail', 'email'],
  ['', 'https://outlook.live.com/', 'Email', 'Outlook.com', 'email'],
  ['', 'https://trc.taboola.com/', 'Paid other', 'Taboola', 'paid'],
  ['', 'https://chatgpt.com/', 'AI assistant', 'ChatGPT', 'ai-assistant'],
  ['', 'https://chat.openai.com/', 'AI assistant', 'ChatGPT', 'ai-assistant'],
  ['', 'https://www.perplexity.ai/', 'AI assistant', 'Perplexity', 'ai-assistant'],
  ['', 'https://gemini.google.com/', 'AI assistant', 'Gemini', 'ai-assistant'],
  ['', 'https://claude.ai/', 'AI assistant', 'Claude', 'ai-assistant'],
  ['', 'https://copilot.microsoft.com/', 'AI assistant', 'Copilot', 'ai-assistant'],
  ['', 'https://www.blog.example/post?id=1', 'Referral', 'blog.example', 'referral'],
  ['', 'https://sv.wikipedia.org/wiki/Mugg', 'Referral', 'Wikipedia', 'referral'],
  ['', 'http://192.0.2.1:8080/', 'Referral', '192.0.2.1', 'referral'],
  ['', 'android-app://com.Slack/', 'Referral', 'com.slack', 'referral'],
  // Strings that only begin or end like a known host.
  ['', 'https://t.com/', 'Referral', 't.com', 'referral'],
  ['', 'https://facebook.community.example/', 'Referral', 'facebook.community.example', 'referral'],
  ['', 'https://notgoogle.com/', 'Referral', 'notgoogle.com', 'referral'],
]

const CAMPAIGNS: readonly Case[] = [
  ['?utm_source=google&utm_medium=cpc', '', 'Paid search', 'Google', 'cpc'],
  ['?utm_source=GOOGLE&utm_medium=CPC', '', 'Paid search', 'Google', 'CPC'],
  ['?utm_source=bing&utm_medium=ppc', '', 'Paid search', 'Bing', 'ppc'],
  ['?utm_source=google', '', 'Organic search', 'Google', 'organic'],
  ['?utm_source=facebook&utm_medium=paid_social', '', 'Paid social', 'Facebook', 'paid_social'],
  ['?utm_source=fb&utm_medium=cpc', '', 'Paid social', 'Facebook', 'cpc'],
  ['?utm_source=ig&utm_medium=social', '', 'Organic social', 'Instagram', 'social'],
  ['?utm_source=meta&utm_medium=paid', '', 'Paid social', 'Meta', 'paid'],
  ['?utm_source=linkedin', '', 'Organic social', 'LinkedIn', 'social'],
  ['?utm_source=facebook.com&utm_medium=retargeting', '', 'Paid social', 'Facebook', 'retargeting'],
  ['?utm_source=youtube&utm_medium=cpv', '', 'Paid video', 'YouTube', 'cpv'],
  ['?utm_source=youtube&utm_medium=cpc', '', 'Paid video', 'YouTube', 'cpc'],
  ['?utm_source=vimeo&utm_medium=newsletter', '', 'Organic video', 'Vimeo', 'newsletter'],
  ['?utm_source=amazon&utm_medium=cpc', '', 'Paid shopping', 'Amazon', 'cpc'],
  ['?utm_source=partner&utm_medium=cpc&utm_campaign=spring_shopping', '', 'Paid shopping', 'partner', 'cpc'],
  ['?utm_source=partner&utm_medium=link&utm_campaign=shop-week', '', 'Organic shopping', 'partner', 'link'],
  ['?utm_source=partner&utm_medium=link&utm_campaign=workshop', '', 'Referral', 'partner', 'link'],
  ['?utm_source=google&utm_medium=cpc&utm_campaign=Cross-network', '', 'Cross-network', 'Google', 'cpc'],
  ['?utm_source=dv360&utm_medium=display', '', 'Display', 'dv360', 'display'],
  ['?utm_source=site&utm_medium=banner', '', 'Display', 'site', 'banner'],
  ['?utm_source=site&utm_medium=cpm', '', 'Display', 'site', 'cpm'],
  ['?utm_source=site&utm_medium=cpa', '', 'Paid other', 'site', 'cpa'],
  ['?utm_source=newsletter&utm_medium=email', '', 'Email', 'newsletter', 'email'],
  ['?utm_source=e-mail', '', 'Email', 'e-mail', ''],
  ['?utm_medium=email', '', 'Email', '', 'email'],
  ['?utm_source=blog&utm_medium=affiliate', '', 'Affiliates', 'blog', 'affiliate'],
  ['?utm_source=spotify&utm_medium=audio', '', 'Audio', 'spotify', 'audio'],
  ['?utm_source=sms', '', 'SMS', 'sms', ''],
  ['?utm_source=app&utm_medium=web_push', '', 'Mobile push notifications', 'app', 'web_push'],
  ['?utm_source=firebase&utm_medium=x', '', 'Mobile push notifications', 'firebase', 'x'],
  ['?utm_source=flyer&utm_medium=qr', '', 'Unassigned', 'flyer', 'qr'],
  ['?utm_source=flyer', '', 'Unassigned', 'flyer', ''],
  ['?utm_campaign=spring', '', 'Unassigned', '', ''],
  ['?utm_id=s-26', '', 'Unassigned', '', ''],
  ['?utm_source=forum&utm_medium=sm', '', 'Organic social', 'forum', 'sm'],
  ['?utm_source=forum&utm_medium=organic', '', 'Organic search', 'forum', 'organic'],
  ['?utm_source=chatgpt.com', '', 'AI assistant', 'ChatGPT', 'ai-assistant'],
  ['?utm_source=chatgpt.com', 'https://chatgpt.com/', 'AI assistant', 'ChatGPT', 'ai-assistant'],
  ['?utm_source=chatgpt.com&utm_medium=cpc', '', 'Paid other', 'ChatGPT', 'cpc'],
  ['?utm_source=newsletter', 'https://www.google.com/', 'Unassigned', 'newsletter', ''],
  ['?utm_source=+&utm_medium=', 'https://www.bing.com/', 'Organic search', 'Bing', 'organic'],
  ['?utm_medium=cpc', 'https://www.bing.com/', 'Paid search', 'Bing', 'cpc'],
  ['?utm_source=mail&utm_medium=email', 'https://shop.example/', 'Email', 'mail', 'email'],
]

const CLICKS: readonly Case[] = [
  ['?gclid=1', 'https://www.google.com/', 'Paid search', 'Google', 'cpc'],
  ['?gclid=1', '', 'Paid search', 'Google', 'cpc'],
  ['?gbraid=1', '', 'Paid search', 'Google', 'cpc'],
  ['?wbraid=1', '', 'Paid search', 'Google', 'cpc'],
  ['?dclid=1', '', 'Display', 'Google', 'display'],
  ['?msclkid=1', 'https://www.bing.com/', 'Paid search', 'Bing', 'cpc'],
  ['?ttclid=1', '', 'Paid social', 'TikTok', 'cpc'],
  ['?twclid=1', 'https://t.co/x', 'Paid social', 'Twitter', 'cpc'],
  ['?li_fat_id=1', '', 'Paid social', 'LinkedIn', 'cpc'],
  ['?rdt_cid=1', '', 'Paid social', 'Reddit', 'cpc'],
  ['?ScCid=1', '', 'Paid social', 'Snapchat', 'cpc'],
  ['?yclid=1', '', 'Paid search', 'Yandex', 'cpc'],
  ['?gclid=1&utm_source=google&utm_medium=organic', '', 'Organic search', 'Google', 'organic'],
  ['?gclid=1&utm_source=google', '', 'Paid search', 'Google', 'cpc'],
  ['?gclid=', 'https://www.google.com/', 'Organic search', 'Google', 'organic'],
  ['?fbclid=1', '', 'Organic social', 'Facebook', 'social'],
  ['?fbclid=1', 'https://l.instagram.com/', 'Organic social', 'Instagram', 'social'],
  ['?fbclid=1', 'https://www.google.com/', 'Organic search', 'Google', 'organic'],
  ['?fbclid=1&utm_source=fb&utm_medium=cpc', '', 'Paid social', 'Facebook', 'cpc'],
  ['?igshid=1', '', 'Organic social', 'Instagram', 'social'],
]

const REFS: readonly Case[] = [
  ['?ref=producthunt', '', 'Referral', 'Product Hunt', 'referral'],
  ['?ref=partner', '', 'Referral', 'partner', 'referral'],
  ['?ref=partner', 'https://blog.example/', 'Referral', 'partner', 'referral'],
  ['?source=hacker+news', '', 'Organic social', 'Hacker News', 'social'],
  ['?source=bing&ref=x', '', 'Organic search', 'Bing', 'organic'],
  ['?ref=x&utm_source=y&utm_medium=email', '', 'Email', 'y', 'email'],
]

describe('sourceOf', () => {
  test.each([...REFERRERS, ...CAMPAIGNS, ...CLICKS, ...REFS])('%s from %s: %s', (query, referrer, ...expected) => {
    const found = from(query, referrer)
    expect([found?.channel, found?.source, found?.medium]).toEqual(expected)
  })

  test.each([
    ['', ''],
    ['', 'https://shop.example/'],
    ['', 'https://www.shop.example/cart'],
    ['?ref=footer', 'https://shop.example/'],
    ['?source=menu', 'https://shop.example/'],
    ['?utm_source=&utm_campaign=%20', ''],
    ['?q=mug', ''],
    ['', 'not an address'],
    ['', 'google.com'],
    ['', 'about:blank'],
    ['', 'data:text/html,x'],
    ['', 'chrome-extension://abc/page.html'],
    ['', 'file:///home/me/page.html'],
  ])('%j from %j is direct', (query, referrer) => {
    expect(from(query, referrer)).toBeNull()
  })

  test('a page of the same host is no referrer, whatever the site', () => {
    const url = new URL('https://other.example/b')
    expect(sourceOf(url, 'https://other.example/a', () => false)).toBeNull()
  })

  test('an event without an address uses its referrer alone', () => {
    expect(sourceOf(null, 'https://www.bing.com/', isInternal)?.channel).toBe('Organic search')
    expect(sourceOf(null, '', isInternal)).toBeNull()
  })

  test('holds the campaign', () => {
    expect(
      from(
        '?utm_source=news&utm_medium=email&utm_campaign=spring&utm_id=s-26&utm_term=mug&utm_content=top',
        'https://a.example/',
      ),
    ).toEqual({
      channel: 'Email',
      source: 'news',
      medium: 'email',
      campaign: 'spring',
      term: 'mug',
      content: 'top',
      referrer: 'a.example',
      utm_id: 's-26',
    })
  })

  test.each([
    ['https://www.google.com/search?q=secret', 'google.com'],
    ['https://www.bing.com/', 'bing.com'],
    ['https://old.reddit.com/r/mugs/?token=1#x', 'old.reddit.com/r/mugs/'],
    ['https://me:secret@blog.example:8080/post', 'blog.example/post'],
    [`https://blog.example/${'a'.repeat(300)}`, `blog.example/${'a'.repeat(187)}`],
    ['https://shop.example/cart', ''],
  ])('of %s it keeps %s', (referrer, kept) => {
    expect(from('?utm_source=x', referrer)?.referrer).toBe(kept)
  })

  test('limits values to 200 characters and strips control characters', () => {
    const someText = fc.string({ unit: 'binary', maxLength: 300 })
    const tags = ['source', 'medium', 'campaign', 'id', 'term', 'content'].map(tag => `utm_${tag}`)
    const parameters = [...tags, 'ref', 'gclid', 'fbclid']
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...parameters), someText), fc.webUrl(), (values, referrer) => {
        const found = from(`?${new URLSearchParams(values)}`, referrer)
        for (const value of Object.values(found ?? {})) {
          expect(value.length).toBeLessThanOrEqual(200)
          expect(value).not.toMatch(/\p{Cc}/u)
          expect(value.isWellFormed()).toBe(true)
        }
        expect(found?.channel).not.toBe('Direct')
      }),
    )
  })
})
