// biome-ignore lint/correctness/noUndeclaredDependencies: the test bundles the package from its source
import { init, track } from '@footfall/tracker'
import { createApp, h } from 'vue'
import { createRouter, createWebHashHistory, createWebHistory, RouterLink, RouterView, useRouter } from 'vue-router'

const { script, hash } = window.settings

const addToCart = () => track('add_to_cart', { value: 20, items: [{ item_id: 'MUG' }] })

const title = text => ({ render: () => h('h1', text) })

const Mug = { render: () => [h('h1', 'Mug'), h('button', { onClick: addToCart }, 'Add')] }

const Shop = {
  setup: () => {
    const router = useRouter()
    const link = (to, text) => h(RouterLink, { to }, () => text)
    return () => [
      link('/mug', 'Mug'),
      link('/mug?size=l', 'Large'),
      link('/account', 'Account'),
      link('/orders', 'Orders'),
      h('button', { onClick: () => router.back() }, 'Back'),
      h(RouterView),
    ]
  },
}

const router = createRouter({
  history: hash ? createWebHashHistory() : createWebHistory(),
  routes: [
    { path: '/', component: title('Home') },
    { path: '/mug', component: Mug },
    { path: '/account', redirect: '/login' },
    { path: '/orders', component: title('Orders'), beforeEnter: () => ({ path: '/login', replace: true }) },
    { path: '/login', component: title('Login') },
  ],
})

init({ src: script, site: 'localhost', hash, debug: true })
createApp(Shop).use(router).mount('main')
