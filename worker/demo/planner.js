const KM_PER_HOUR = 5
const CLIMB_PER_HOUR = 600

const tabs = [...document.querySelectorAll('[data-tabs] a')]
const distance = document.querySelector('#distance')
const climb = document.querySelector('#climb')

const write = (selector, text) => {
  document.querySelector(selector).textContent = text
}

const showTime = () => {
  const minutes = Math.round((distance.value / KM_PER_HOUR + climb.value / CLIMB_PER_HOUR) * 60)
  write('[data-distance]', `${distance.value} km`)
  write('[data-climb]', `${climb.value} m`)
  write('[data-hours]', `${Math.floor(minutes / 60)} h ${minutes % 60} min`)
}

const showView = () => {
  for (const tab of tabs) {
    const isCurrent = tab.pathname === location.pathname
    tab.ariaCurrent = isCurrent ? 'page' : null
    document.getElementById(tab.dataset.view).hidden = !isCurrent
  }
}

for (const tab of tabs) {
  tab.addEventListener('click', event => {
    // With Ctrl and the like, the link opens in another browser tab.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (tab.pathname === location.pathname) return
    history.pushState(null, '', tab.href)
    showView()
  })
}
addEventListener('popstate', showView)
for (const slider of [distance, climb]) slider.addEventListener('input', showTime)
showView()
showTime()
