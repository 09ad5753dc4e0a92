import { listen } from './listen'
import { measure } from './page-view'

// After the frame in which the page scrolled, when reading its layout forces none:
// https://web.dev/articles/avoid-large-complex-layouts-and-layout-thrashing
listen('scroll', () => setTimeout(measure))
