import type { Try } from './try.ts'

export const selfHoster: Try = {
  who: 'Self-hoster',
  cameFor: 'their own visit in Realtime, from `npm start` on',
  stumbles: 'Nothing, but the token must be copied from the terminal.',
  walk: async (walk, world, { adminToken, url }) => {
    const reader = await world.tab({ baseURL: url })
    await reader.goto('/demo/')
    await walk.signIn(adminToken)
    await walk.click(walk.link('Realtime'))
    const active = walk.region('Active visitors (last 5 minutes)')
    await active.getByRole('row').filter({ hasText: '/demo/' }).first().waitFor()
    return walk.read(active.getByText(/^\d+ visitor/))
  },
}
