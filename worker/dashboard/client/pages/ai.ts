import { assistants } from '../panels/assistants'
import { crawlers } from '../panels/crawlers'
import { fetchedPages } from '../panels/fetchedPages'
import { start } from '../start'

start<'ai'>({ fetchedPages, crawlers, assistants })
