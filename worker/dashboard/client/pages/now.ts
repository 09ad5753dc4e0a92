import { present } from '../panels/present'
import { start } from '../start'

start<'now'>({ present })
