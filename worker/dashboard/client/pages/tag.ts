import { firstView } from '../panels/firstView'
import { paste } from '../panels/paste'
import { start } from '../start'

start<'tag'>({ paste, 'first-view': firstView })
