import { PLANNER } from '../../tools/demoData/planner/site.ts'
import { SHOP } from '../../tools/demoData/shop/site.ts'
import type { Try } from './try.ts'
import type { Walk } from './walk.ts'

const card = (walk: Walk, name: string) => walk.region('Top stats').getByRole('link', { name: new RegExp(`^${name}`) })

/** Opens a site's overview, and looks at it before going on. */
const openSite = async (walk: Walk, token: string, domain: string): Promise<void> => {
  await walk.signIn(token)
  await walk.click(walk.region('Sites').getByRole('link', { name: domain }))
  await walk.read(card(walk, 'Visitors'))
}

const shopOwner: Try = {
  who: 'Shop owner',
  cameFor: 'revenue of the last 30 days, and how many carts were abandoned',
  stumbles: 'Nothing.',
  server: world => world.demo(),
  walk: async (walk, _, { adminToken }) => {
    await openSite(walk, adminToken, SHOP.domain)
    const [revenue, abandoned] = [card(walk, 'Revenue'), card(walk, 'Cart abandonment')].map(one =>
      one.locator('[data-value]').first(),
    )
    return revenue && abandoned ? `${await walk.read(revenue)}, ${await walk.read(abandoned)} abandoned` : ''
  },
}

const marketer: Try = {
  who: 'Product marketer',
  cameFor: 'whether sign-ups that completed the welcome guide activate more often',
  stumbles: 'Nothing.',
  server: world => world.demo(),
  walk: async (walk, _, { adminToken }) => {
    await openSite(walk, adminToken, PLANNER.domain)
    await walk.click(walk.link('Onboarding'))
    const guide = walk.region('Guides').getByRole('article').filter({ hasText: 'welcome' })
    return walk.read(guide.locator('[data-metric=guide_effect] strong'))
  },
}

const analyst: Try = {
  who: 'Analyst',
  cameFor: 'conversion rate of mobile visitors by campaign, over the last 90 days',
  stumbles: 'The panel shows visitors only: conversion rates are in “View all”.',
  server: world => world.demo(),
  walk: async (walk, _, { adminToken }) => {
    await openSite(walk, adminToken, SHOP.domain)
    await walk.choose(walk.page.getByRole('combobox', { name: 'Period' }), 'Last 90 days')
    await walk.click(walk.page.getByText('+ Filter', { exact: true }))
    const filter = walk.page.getByRole('form', { name: 'Filter' })
    await walk.choose(filter.getByLabel('Dimension'), 'Device')
    await walk.click(filter.getByRole('checkbox', { name: 'Mobile' }))
    await walk.click(filter.getByRole('button', { name: 'Apply filter' }))
    await walk.click(walk.region('Sources').getByRole('link', { name: 'Campaigns' }))
    await walk.click(walk.region('Sources').getByRole('link', { name: 'View all' }))
    const sheet = walk.page.getByRole('dialog', { name: 'Sources' })
    await sheet.getByRole('columnheader', { name: 'Conversion rate' }).waitFor()
    return walk.read(sheet.getByRole('row').nth(1).locator('[data-value]').nth(3))
  },
}

const phone: Try = {
  who: 'Phone',
  cameFor: 'today’s visitors, without scrolling',
  stumbles: 'Nothing.',
  isPhone: true,
  server: world => world.demo(),
  walk: async (walk, _, { adminToken }) => {
    await openSite(walk, adminToken, SHOP.domain)
    await walk.choose(walk.page.getByRole('combobox', { name: 'Period' }), 'Today')
    await walk.page.waitForURL(/period=today/)
    await walk.settled()
    const visitors = card(walk, 'Visitors').locator('[data-value]').first()
    const shown = await walk.read(visitors)
    const box = await visitors.boundingBox()
    if (!box || box.y + box.height > (walk.page.viewportSize()?.height ?? 0))
      throw new Error('The visitors are below the first screen.')
    return shown
  },
}

/** The tries that find a server with the demo's data. */
export const DEMO_TRIES: readonly Try[] = [shopOwner, marketer, analyst, phone]
