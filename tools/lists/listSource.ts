/** A public list that a part of `worker/collect/filter/lists.json` is made from. */
export interface ListSource {
  readonly source: string
  readonly licence: string
  /** The release or the commit that was read. */
  readonly version: string
  /** The day of that release or commit. */
  readonly date: string
}

/** A file of a repository on GitHub, at one commit. */
export interface ListFile extends ListSource {
  readonly repository: string
  readonly file: string
}

/** To take a newer list, enter its version and date here and run `npm run lists`. */
export const AGENTS: ListSource = {
  source: 'https://github.com/monperrus/crawler-user-agents',
  licence: 'MIT, Copyright (c) 2017 Martin Monperrus',
  version: '1.60.0',
  date: '2026-08-10',
}

export const SPAMMERS: ListFile = {
  source: 'https://github.com/matomo-org/referrer-spam-list',
  licence: 'public domain',
  version: 'b1c66b3cbbd8fe243ff028a8932788da187b9934',
  date: '2026-08-20',
  repository: 'matomo-org/referrer-spam-list',
  file: 'spammers.txt',
}

export const NETWORKS: ListFile = {
  source: 'https://github.com/brianhama/bad-asn-list',
  licence: 'MIT, Copyright (c) 2025 Brian Hamachek',
  version: 'cac788be6fa162cc5eefc4658d42c5a73035da2c',
  date: '2026-03-18',
  repository: 'brianhama/bad-asn-list',
  file: 'bad-asn-list.csv',
}
