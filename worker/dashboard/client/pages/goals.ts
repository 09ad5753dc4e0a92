import { eventBreakdowns } from '../panels/eventBreakdowns'
import { start } from '../start'

start<'goals'>(eventBreakdowns)
