import { eventBreakdowns } from '../panels/eventBreakdowns'
import { funnels } from '../panels/funnels'
import { goalList } from '../panels/goalList'
import { paths } from '../panels/paths'
import { start } from '../start'

start<'goals'>({ 'goal-list': goalList, funnels, paths, ...eventBreakdowns })
