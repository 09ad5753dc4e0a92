import { reasons } from '../panels/reasons'
import { traffic } from '../panels/traffic'
import { start } from '../start'

start<'excluded'>({ reasons, traffic })
