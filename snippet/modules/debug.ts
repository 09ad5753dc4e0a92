import type { DROPPED_HEADER } from '../../shared/wire'

const script = document.querySelector('script[data-debug]') as TagElement

const print = (reason: unknown) => {
  if (reason) console.warn('footfall', reason)
}

/** Prints why a record was not stored. The answer to a stored record is empty. */
const printAnswer = (request?: Promise<Response>) => {
  request
    ?.then(answer => answer.headers.get('x-footfall-dropped' satisfies typeof DROPPED_HEADER) || answer.text())
    .then(print, print)
}

/** Calls `take` with a property that the script sets on its element: the value now, and each later one. */
const watch = <Name extends 'n' | 'e'>(name: Name, take: (value: TagElement[Name]) => void) => {
  take(script[name])
  Object.defineProperty(script, name, { set: take })
}

watch('n', print)
watch('e', printAnswer)
// An import that has succeeded is not repeated.
for (const name of script.dataset.modules?.match(/[^\s,]+/g) ?? []) {
  const path = `./${name}.js`
  import(path).catch(print)
}
