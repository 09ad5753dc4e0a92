import { texts } from './texts.ts'

export const importsTexts = texts('imports', {
  takes: 'Takes {formats}.',
  or: '; or ',
  progress: '{share} read, {count} rows',
  noFile: 'Choose a file.',
  dryDone: 'Dry run finished.',
  importDone: 'Import finished.',
  compareDone: 'Comparison finished.',
  nothingSent: 'Nothing was sent.',
  later:
    'Footfall is still building sessions from these rows. In a few minutes, click “Compare” to see both tools’ figures side by side.',
  cancelled: 'Cancelled. Rows already sent are kept. Import the same files again to add the others.',
  notComparable: 'The figures can’t be compared yet: {problem}',
  damaged: 'The files are damaged or incomplete ({problem}). Download or export them again.',
  websiteField: 'the field “Website”',
  beforeField: 'The field “Only before”',
})
