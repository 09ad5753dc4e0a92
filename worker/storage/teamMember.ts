/** What people may do, from the least to the most. */
export const ROLES = ['viewer', 'editor', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** The sites of a member: domains, or `*` for every site, those of the future too. */
export type MemberSites = readonly string[] | '*'

/** Somebody who may sign in to the dashboard. */
export interface TeamMember {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly sites: MemberSites
}

/** A member as statements return it. */
export interface MemberRow {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly every_site: number
  /** Domains as JSON. */
  readonly sites: string
}

export const memberOf = ({ id, name, role, every_site: everySite, sites }: MemberRow): TeamMember => ({
  id,
  name,
  role,
  sites: everySite ? '*' : (JSON.parse(sites) as string[]).toSorted(),
})
