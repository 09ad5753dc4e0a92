import { memoizePlain } from '../../lib/memoize'

/**
 * Hosts that visit sites only to appear among their referrers. No maintained package lists them; these are the best
 * known.
 * @see https://github.com/matomo-org/referrer-spam-list a longer one, to take more from
 */
const SPAM = new Set(
  `0n-line.tv 100dollars-seo.com 4webmasters.org 7makemoneyonline.com
  adviceforum.info anti-crisis-seo.com anticrawler.org
  backgroundpictures.net baixar-musicas-gratis.com best-seo-offer.com best-seo-report.com best-seo-solution.com
  blackhatworth.com bot-traffic.icu bot-traffic.xyz bottraffic.live buttons-for-website.com buttons-for-your-website.com
  cenokos.ru cenoval.ru compliance-alex.xyz
  darodar.com descargar-musica-gratis.net
  econom.co embedle.com event-tracking.com every-lang-seo.com extener.com extener.org
  fbdownloader.com fbfreegifts.com floating-share-buttons.com free-share-buttons.com free-social-buttons.com
  free-social-buttons.xyz
  get-free-traffic-now.com guardlink.org
  hulfingtonpost.com humanorightswatch.org
  iloveitaly.co iloveitaly.com ilovevitaly.co ilovevitaly.com ilovevitaly.ru
  kambasoft.com
  o-o-6-o-o.com o-o-8-o-o.com
  priceg.com
  rank-checker.online
  savetubevideo.com semalt.com sharebutton.net sharebutton.to simple-share-buttons.com sitevaluation.org
  social-buttons.com social-widget.xyz srecorder.co srecorder.com success-seo.com
  theguardlan.com traffic2money.com trafficbot.life trafficgenius.xyz trafficmonetize.org
  video--production.com videos-for-your-business.com
  webmonetizer.net websocial.me`.split(/\s+/),
)

/** A host and those it is below. */
const hostsOf = (host: string): string[] => {
  const labels = host.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/**
 * Whether a referrer is a spammer's.
 * @example isSpam('http://semalt.semalt.com/crawler.php') // true
 */
export const isSpam = memoizePlain((referrer: string): boolean =>
  hostsOf(URL.parse(referrer)?.hostname ?? '').some(host => SPAM.has(host)),
)
