import { fillCurrencies, fillTimeZones } from '../components/choices'
import { find } from '../components/dom'
import type { Mount } from '../components/panel'
import { start } from '../start'
import { call, Refusal } from '../state/ask'

const addSite = async (form: HTMLFormElement): Promise<string> => {
  const response = await call('/api/v1/sites', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  })
  const { domain } = (await response.json()) as { domain: string }
  return domain
}

const form: Mount = section => {
  const shown = find<HTMLFormElement>('form', section)
  const problem = find('#add-problem', section)
  fillTimeZones(find<HTMLSelectElement>('[data-time-zones]', section))
  fillCurrencies(find<HTMLSelectElement>('[data-currencies]', section))
  shown.addEventListener('submit', async event => {
    event.preventDefault()
    problem.textContent = ''
    try {
      location.assign(`/tag?${new URLSearchParams({ site: await addSite(shown) })}`)
    } catch (error) {
      problem.textContent = error instanceof Refusal ? error.message : String(error)
    }
  })
}

start<'add'>({ 'add-form': form })
