const OVER = 'waymark-guide-over'

const panel = document.querySelector('[data-guide-panel]')
const steps = [...panel.querySelectorAll('[data-guide-step]')]

const showNext = () => {
  const shown = steps.findIndex(step => !step.hidden)
  steps[shown].hidden = true
  steps[shown + 1].hidden = false
  steps[shown + 1].querySelector('h2').focus()
}

const close = () => {
  panel.hidden = true
  localStorage.setItem(OVER, 'true')
  document.querySelector('#products').focus()
}

panel.hidden = localStorage.getItem(OVER) === 'true'
panel.addEventListener('click', ({ target }) => {
  if (target.matches('[data-guide-next]')) showNext()
  if (target.matches('[data-guide-complete], [data-guide-dismiss]')) close()
})
