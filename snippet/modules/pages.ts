const { dataset } = document.querySelector('script[data-modules*=pages]') as HTMLElement

/** Browsers released before 2024 may not report it. */
const { responseStatus } = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming

if (document.querySelector('[data-not-found]') || responseStatus === 404 || responseStatus === 410)
  document.footfall?.('not_found', { interactive: false })

if (dataset.searchParameter) {
  const term = new URLSearchParams(location.search).get(dataset.searchParameter)
  if (term) document.footfall?.('search', { search_term: term })
}

// Browsers submit only valid forms. A form with `data-footfall` sends its own event.
if ('forms' in dataset)
  addEventListener(
    'submit',
    ({ target, submitter }) => {
      const form = target as HTMLFormElement
      if (form.dataset.footfall || submitter?.dataset.footfall) return
      const { origin, pathname } = new URL(form.getAttribute('action') ?? '', location.href)
      document.footfall?.('form_submit', {
        form_id: form.getAttribute('id'),
        form_name: form.getAttribute('name'),
        form_destination: origin + pathname,
      })
    },
    true,
  )

export {}
