import { beginUnasked, footfall } from './page-view'
import { script, tag } from './tag'

beginUnasked()
self.footfall?.q?.map(call => footfall(...(call as unknown as Parameters<typeof footfall>)))
self.footfall = document.footfall = footfall

/**
 * Loads a module from the folder beside the script. In a script of another origin, a relative address would be relative to
 * nothing.
 */
const load = (name: string) => {
  const url = new URL('m/' + name + '.js', script.src) as unknown as string
  return import(url).catch(Object)
}

if (WHOLE && 'debug' in tag)
  load('debug')
  // Without modules this throws and ends the script, which is over.
;((tag.modules as string).match(/[^\s,]+/g) as string[]).map(load)
