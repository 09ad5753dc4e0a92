import { eventBreakdowns } from '../panels/eventBreakdowns'
import { goalList } from '../panels/goalList'
import { start } from '../start'

start<'goals'>({ 'goal-list': goalList, ...eventBreakdowns })
