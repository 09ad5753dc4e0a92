import { vitals } from '../panels/vitals'
import { start } from '../start'

start<'speed'>({ vitals })
