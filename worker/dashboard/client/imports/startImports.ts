import type { ImportSource } from '../../../../shared/importers/importFormat'
import { IMPORT_SOURCES, importSource } from '../../../../shared/importers/importSources'
import { fill } from '../../texts/fill'
import { importsTexts } from '../../texts/imports'
import { announce } from '../components/announce'
import { find } from '../components/find'
import { h } from '../components/h'
import { importedNote } from '../components/importedNote'
import { percent } from '../format/number'
import { guardChanges } from '../panels/settings/guardChanges'
import { clearProblem, showAt } from '../panels/settings/problem'
import { ask } from '../state/ask'
import { PAGE } from '../state/page'
import { importProblem } from './importProblem'
import { iterableStreams } from './iterableStreams'
import { type ChosenImport, type ImportAction, runImport } from './runImport'
import { showReport } from './showReport'

const DONE: Readonly<Record<ImportAction, string>> = {
  dry: importsTexts.dryDone,
  import: importsTexts.importDone,
  compare: importsTexts.compareDone,
}

/** By the button; Enter in a field sends nothing. */
const actionOf = (button: HTMLElement | null): ImportAction => {
  const value = button instanceof HTMLButtonElement ? button.value : ''
  return value === 'import' || value === 'compare' ? value : 'dry'
}

const sourceIn = (form: HTMLFormElement): ImportSource => importSource(find<HTMLSelectElement>('select', form).value)

const fillSources = (form: HTMLFormElement): void => {
  const select = find<HTMLSelectElement>('select', form)
  select.replaceChildren(...IMPORT_SOURCES.map(({ source, tool }) => h('option', { value: source }, tool)))
  select.disabled = false
  const takes = find('[data-takes]', form)
  const showTakes = (): void => {
    const formats = sourceIn(form).formats.map(format => format.takes)
    takes.textContent = fill(importsTexts.takes, { formats: formats.join(importsTexts.or) })
  }
  select.addEventListener('change', showTakes)
  showTakes()
}

/** Files may be dropped anywhere on the form. */
const takeDrops = (form: HTMLFormElement): void => {
  form.addEventListener('dragover', event => {
    event.preventDefault()
    form.classList.add('over')
  })
  form.addEventListener('dragleave', () => form.classList.remove('over'))
  form.addEventListener('drop', event => {
    event.preventDefault()
    form.classList.remove('over')
    const files = event.dataTransfer?.files
    if (files && files.length > 0) find<HTMLInputElement>('[name=files]', form).files = files
  })
}

/** Says which days are imported already, and from which tool. */
const showImported = async (form: HTMLFormElement): Promise<void> => {
  const answer = await ask({ site: PAGE.site?.domain ?? '', metrics: ['pageviews'], period: 'all' }).catch(() => null)
  const note = answer && importedNote(answer)
  const place = find('[data-imported]', form)
  place.hidden = !note
  place.textContent = note?.textContent ?? ''
}

const chosenIn = (form: HTMLFormElement, action: ImportAction): ChosenImport => ({
  source: sourceIn(form),
  files: [...(find<HTMLInputElement>('[name=files]', form).files ?? [])],
  before: find<HTMLInputElement>('[name=before]', form).value,
  website: find<HTMLInputElement>('[name=website]', form).value.trim(),
  action,
})

const setRunning = (form: HTMLFormElement, isRunning: boolean): void => {
  for (const field of form.querySelectorAll<HTMLInputElement>('input, select, button[type=submit]'))
    field.disabled = isRunning
  find('[data-cancel]', form).hidden = !isRunning
  find('[data-progress]', form).hidden = !isRunning
}

const showProgress = (form: HTMLFormElement, share: number, rows: number): void => {
  find<HTMLProgressElement>('progress', form).value = share
  find('[data-read]', form).textContent = fill(importsTexts.progress, {
    share: percent(Math.floor(share * 100) / 100),
    count: rows,
  })
}

const run = async (section: HTMLElement, form: HTMLFormElement, action: ImportAction): Promise<void> => {
  const chosen = chosenIn(form, action)
  if (chosen.files.length === 0) {
    showAt(find('[name=files]', form), importsTexts.noFile)
    return
  }
  const stop = new AbortController()
  const cancel = find('[data-cancel]', form)
  const guard = guardChanges()
  const onCancel = (): void => stop.abort()
  const body = find('[data-body]', section)
  body.replaceChildren()
  setRunning(form, true)
  showProgress(form, 0, 0)
  guard.changed()
  cancel.addEventListener('click', onCancel)
  const report = await runImport(chosen, {
    signal: stop.signal,
    onProgress: (share, rows) => showProgress(form, share, rows),
  })
  cancel.removeEventListener('click', onCancel)
  guard.saved()
  setRunning(form, false)
  showReport(body, report, chosen.source, action)
  find('[data-report]', body).focus()
  announce(report.error === null ? DONE[action] : importProblem(report.error))
  if (action === 'import') await showImported(form)
}

/** Starts the form that imports files. */
export const startImports = (section: HTMLElement): void => {
  iterableStreams()
  const form = find<HTMLFormElement>('form', section)
  fillSources(form)
  takeDrops(form)
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[type=submit]')) button.disabled = false
  void showImported(form)
  form.addEventListener('submit', event => {
    event.preventDefault()
    clearProblem(form)
    void run(section, form, actionOf(event.submitter))
  })
}
