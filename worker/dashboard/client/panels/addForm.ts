import { fillCurrencies } from '../components/fillCurrencies'
import { fillTimeZones } from '../components/fillTimeZones'
import { find } from '../components/find'
import type { Mount } from '../components/panel'
import { ApiError } from '../state/apiError'
import { call } from '../state/call'

const addSite = async (form: HTMLFormElement): Promise<string> => {
  const response = await call('/api/v1/sites', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  })
  const { domain } = (await response.json()) as { domain: string }
  return domain
}

export const addForm: Mount = section => {
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
      problem.textContent = error instanceof ApiError ? error.message : String(error)
    }
  })
}
