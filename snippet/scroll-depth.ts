import { listen } from './listen'
import { measure } from './page-view'

// After the frame in which the page was scrolled, when its layout is known, so that asking for it forces none:
// https://web.dev/articles/avoid-large-complex-layouts-and-layout-thrashing
listen('scroll', () => setTimeout(measure))
