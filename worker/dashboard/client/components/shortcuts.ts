import type { PeriodName } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { go } from '../state/view'
import { find } from './find'
import { h } from './h'

const { dialogs, shortcuts: texts } = clientFrameTexts

interface Shortcut {
  readonly keys: readonly string[]
  readonly text: string
  act(move: (by: -1 | 1) => void): void
}

const period = (keys: readonly string[], text: string, name: PeriodName): Shortcut => ({
  keys,
  text,
  act: () => go({ period: name }),
})

/** In the order of the list that `?` opens. */
const SHORTCUTS: readonly Shortcut[] = [
  period(['D', 'T'], texts.today, 'today'),
  period(['W'], texts.week, '7d'),
  period(['M'], texts.month, 'month'),
  period(['Y'], texts.year, 'year'),
  { keys: ['←'], text: texts.previous, act: move => move(-1) },
  { keys: ['→'], text: texts.next, act: move => move(1) },
  { keys: ['?'], text: texts.title, act: () => list() },
]

const NAMES: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' }

/** Shows the shortcuts in a dialog. */
const list = (): void => {
  const rows = SHORTCUTS.flatMap(({ keys, text }) => [
    h('dt', {}, ...keys.flatMap((key, at) => [at > 0 && ` ${texts.or} `, h('kbd', {}, key)])),
    h('dd', {}, text),
  ])
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'shortcut-list', onclose: () => dialog.remove() },
    h('h2', { id: 'shortcut-list' }, texts.title),
    h('dl', { class: 'shortcuts' }, ...rows),
    h('button', { type: 'button', onclick: () => dialog.close() }, dialogs.close),
  )
  document.body.appendChild(dialog)
  dialog.showModal()
}

/** Elements that handle keys themselves: fields, dialogs, and elements that arrow keys scroll or read out. */
const OWN_KEYS = 'input, select, textarea, [contenteditable], dialog'
const OWN_ARROWS = `${OWN_KEYS}, .scroll, .plot`

const isOwn = (target: EventTarget | null, key: string): boolean =>
  target instanceof Element && target.closest(key in NAMES ? OWN_ARROWS : OWN_KEYS) !== null

/** Keys that change the period; `?` lists them. They are ignored while the user types. */
export const shortcuts = (move: (by: -1 | 1) => void): void => {
  document.addEventListener('keydown', event => {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || isOwn(target, key)) return
    const name = NAMES[key] ?? key.toUpperCase()
    const shortcut = SHORTCUTS.find(({ keys }) => keys.includes(name))
    if (!shortcut) return
    event.preventDefault()
    shortcut.act(move)
  })
  find('#shortcuts').addEventListener('click', list)
}
