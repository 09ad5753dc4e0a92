import './guides'
import './clicks'
import './scroll-depth'
import { beginUnasked, footfall } from './page-view'

beginUnasked()
window.footfall?.q?.map(call => footfall(...(call as unknown as Parameters<typeof footfall>)))
window.footfall = footfall
