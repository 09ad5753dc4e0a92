import { eventBreakdowns } from '../panels/eventBreakdowns'
import { funnels } from '../panels/funnels'
import { goalList } from '../panels/goalList'
import { start } from '../start'

start<'goals'>({ 'goal-list': goalList, funnels, ...eventBreakdowns })
