import { reasons } from '../panels/reasons'
import { start } from '../start'

start<'excluded'>({ reasons })
