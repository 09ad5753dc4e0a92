import { beginUnasked, footfall } from './page-view'

beginUnasked()
window.footfall?.q?.map(call => footfall(...(call as unknown as Parameters<typeof footfall>)))
window.footfall = document.footfall = footfall
