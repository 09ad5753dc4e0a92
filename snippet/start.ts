import { footfall } from './page-view'
import { script, tag } from './tag'

self.footfall?.q?.map(call => footfall(...(call as unknown as Parameters<typeof footfall>)))
self.footfall = document.footfall = footfall

/**
 * Loads a module from the folder beside the script. The address is absolute, because a script from another origin has no base
 * for a relative one.
 */
const load = (name: string) => {
  const url = new URL('m/' + name + '.js', script.src) as unknown as string
  return import(url).catch(Object)
}

if (WHOLE && 'debug' in tag)
  load('debug')
  // Without modules this throws, and the script has ended anyway.
;((tag.modules as string).match(/[^\s,]+/g) as string[]).map(load)
