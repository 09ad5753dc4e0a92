import { catalogue } from '../panels/catalogue'
import { start } from '../start'

start<'metrics'>({ catalogue })
