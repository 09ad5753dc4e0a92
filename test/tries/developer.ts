import type { Try } from './try.ts'
import type { Walk } from './walk.ts'

const BLOGS = ['code.blog.example', 'food.blog.example', 'travel.blog.example']

/** Adds a site, and returns the script tag to paste. */
const addSite = async (walk: Walk, domain: string): Promise<string> => {
  await walk.click(walk.page.locator('summary[aria-label^="Site:"]'))
  await walk.click(walk.link('Add a site…'))
  await walk.type(walk.page.getByLabel('Domain'), domain)
  await walk.click(walk.button('Add site'))
  await walk.page.waitForURL('**/tag?*')
  await walk.click(walk.button('Copy'))
  return walk.page.getByRole('textbox', { name: 'Script tag' }).inputValue()
}

export const developer: Try = {
  who: 'Developer with three blogs',
  cameFor: 'the first visitor of each blog, from an empty server on',
  stumbles: 'Each site is added by itself, with four clicks to its tag.',
  server: world => world.newServer(),
  walk: async (walk, world, { adminToken }) => {
    await walk.signIn(adminToken)
    for (const domain of BLOGS) {
      const tag = await addSite(walk, domain)
      const port = await world.website(`<!doctype html><title>A blog</title>${tag}<h1>Hello</h1>`)
      const reader = await world.tab({})
      await reader.goto(`http://${domain}:${port}/`)
      await walk.page.getByText(/^It works: 1 page view/).waitFor()
    }
    await walk.click(walk.page.locator('summary[aria-label^="Site:"]'))
    await walk.click(walk.link('All sites'))
    const rows = walk.region('Sites').getByRole('row')
    const visitors = BLOGS.map(domain =>
      rows
        .filter({ has: walk.link(domain) })
        .locator('[data-value]')
        .last(),
    )
    const shown = await Promise.all(visitors.map(one => walk.read(one)))
    return `${shown.join(', ')} visitor each`
  },
}
