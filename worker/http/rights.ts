import type { PageShare } from '../storage/pageShares'
import type { Asker } from '../storage/signIns'
import { ROLES, type Role, type TeamMember } from '../storage/teamMember'

export const isMember = (asker: Asker): asker is TeamMember => asker !== 'admin' && 'role' in asker

/** Whether somebody has nothing but the address of shared pages. */
export const isShare = (asker: Asker): asker is PageShare => asker !== 'admin' && 'pages' in asker

/** Whether a member may see a site. */
export const seesSite = ({ sites }: TeamMember, domain: string): boolean => sites === '*' || sites.includes(domain)

/** Whether somebody may do on a site what a role allows. Keys and shares have no role. */
export const hasRole = (asker: Asker, role: Role, domain: string): boolean =>
  asker === 'admin' || (isMember(asker) && seesSite(asker, domain) && ROLES.indexOf(asker.role) >= ROLES.indexOf(role))

/** Whether somebody may do what the admin token may. */
export const ownsEverySite = (asker: Asker): boolean =>
  asker === 'admin' || (isMember(asker) && asker.role === 'owner' && asker.sites === '*')

/** Whether somebody owns any site. */
export const ownsSome = (asker: Asker): boolean =>
  asker === 'admin' || (isMember(asker) && asker.role === 'owner' && asker.sites.length > 0)

/** Whether somebody may manage members who have these sites: they must own every one of them. */
export const governs = (asker: Asker, sites: TeamMember['sites']): boolean =>
  ownsEverySite(asker) || (sites !== '*' && sites.length > 0 && sites.every(domain => hasRole(asker, 'owner', domain)))

/** What the dashboard offers somebody on a site. */
export interface Rights {
  /** Change its settings. */
  readonly edit: boolean
  /** Manage its keys and people, and delete it. */
  readonly own: boolean
  /** Add sites. */
  readonly add: boolean
}

export const rightsOf = (asker: Asker, domain: string): Rights => ({
  edit: hasRole(asker, 'editor', domain),
  own: hasRole(asker, 'owner', domain),
  add: ownsEverySite(asker),
})
