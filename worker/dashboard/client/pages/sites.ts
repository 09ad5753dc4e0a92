import { allSites } from '../panels/allSites'
import { start } from '../start'

start<'sites'>({ 'all-sites': allSites })
