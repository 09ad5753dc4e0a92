import { addForm } from '../panels/addForm'
import { start } from '../start'

start<'add'>({ 'add-form': addForm })
