import { expect, test } from 'vitest'
import { agentsIn } from '../../tools/lists/agentsIn'
import { AGENTS, NETWORKS, SPAMMERS } from '../../tools/lists/listSource'
import { networksIn } from '../../tools/lists/networksIn'
import { agentFamily } from '../../worker/collect/filter/agentFamily'
import lists from '../../worker/collect/filter/lists.json'
import { isDataCentre, networkName } from '../../worker/collect/filter/network'

test('the lists are those of the sources, with licence, version and date', () => {
  const { agents, networks, spammers } = lists
  for (const [part, from] of [
    [agents, AGENTS],
    [networks, NETWORKS],
    [spammers, SPAMMERS],
  ] as const) {
    const { source, licence, version, date } = from
    expect(part).toMatchObject({ source, licence, version, date })
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(licence).toMatch(/^(?:MIT|public domain)/)
  }
  expect(agents.entries.length).toBeGreaterThan(1_000)
  expect(Object.keys(networks.entries).length).toBeGreaterThan(300)
  expect(Object.keys(networks.entries).every(number => /^\d+$/.test(number))).toBe(true)
  expect(spammers.entries.length).toBeGreaterThan(2_000)
  expect(spammers.entries.filter(host => !/^[^\s/]+\.[^\s/]+$/.test(host))).toEqual([])
})

test('names of programs are read from patterns, without signs of regular expressions', () => {
  const patterns = ['Googlebot\\/', '[wW]get', '^curl', 'Chirp|gotosocial', 'a\\d+b', 'Googlebot\\/', 'abc']
  expect(agentsIn(patterns.map(pattern => ({ pattern })))).toEqual(['Googlebot', 'Wget', 'curl'])
})

test('a network of servers is taken from the list, and one that people use is not', () => {
  const csv = [
    'ASN,Entity',
    '"24931","DediPower Managed Hosting Limited"',
    '7489,"HOSTUS-GLOBAL-AS - HostUS, HK"',
    '16509,"AMAZON-02 - Amazon.com, Inc. Servers, US"',
    '1,"Some Telecom Hosting"',
    '2,"A Bakery"',
  ].join('\n')
  expect(networksIn(csv)).toEqual({ 7489: 'HostUS', 24931: 'DediPower Managed Hosting Limited' })
  expect([7489, 24940, 16509, 3301].map(asn => isDataCentre({ asn }))).toEqual([true, true, false, false])
  expect(networkName({ asn: 3301, asOrganization: 'Telia' })).toBe('AS3301 Telia')
  expect(networkName({})).toBe('')
})

test('a family is a name of the list or of a browser, and never text of the User-Agent', () => {
  expect(agentFamily('Mozilla/5.0 (compatible; Googlebot-Image/1.0; +http://www.google.com/bot.html)')).toBe(
    'Googlebot-Image',
  )
  expect(agentFamily('curl/8.5.0')).toBe('curl')
  expect(agentFamily('Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0')).toBe('Firefox')
  expect(agentFamily('name@shop.example 4711')).toBe('Other')
})
