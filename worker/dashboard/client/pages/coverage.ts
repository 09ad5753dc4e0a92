import { estimate } from '../panels/estimate'
import { signals } from '../panels/signals'
import { start } from '../start'

start<'coverage'>({ estimate, signals })
