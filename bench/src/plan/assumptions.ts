/** What nobody measures before there are so many members: each is a flag, `--photo-share 0.7` for `photoShare`. */
export const assumptions = {
  dau: { value: 500e6, says: 'members a day' },
  peakFactor: { value: 3, says: 'load at the peak, of the mean' },
  feedReads: { value: 10, says: 'home pages a member reads a day' },
  pageReads: { value: 30, says: 'other pages a member reads a day' },
  picturesPerPage: { value: 8, says: 'pictures and pieces of film looked at on a page' },
  uploads: { value: 0.1, says: 'posts and stories a member makes a day' },
  readsPerWrite: { value: 100, says: 'pages read for each post, like, comment or follow' },
  commentShare: { value: 0.15, says: 'of writes that are no posts, comments' },
  followShare: { value: 0.05, says: 'of writes that are no posts, follows' },
  messages: { value: 5, says: 'messages a member sends a day' },
  searches: { value: 0.5, says: 'searches of a member a day' },
  warmShare: { value: 0.9, says: 'home pages whose feed is in a cache' },
  cdnHitShare: { value: 0.9, says: 'pictures that a CDN has' },
  socketShare: { value: 0.1, says: 'members of a day who are connected at the peak' },
  photoShare: { value: 0.8, says: 'uploads that are photographs; the others are films' },
  photoOriginalBytes: { value: 3e6, says: 'an original photograph' },
  photoShownBytes: { value: 800e3, says: 'all its sizes' },
  videoSeconds: { value: 15, says: 'length of a film' },
  videoOriginalBytes: { value: 30e6, says: 'an original film' },
  videoShownBytes: { value: 12e6, says: 'all its sizes' },
  pictureSentBytes: { value: 120e3, says: 'a picture or piece of film as sent' },
  compression: { value: 6, says: 'times that replies shrink on the way' },
  pushedTo: { value: 150, says: 'feeds that a post is pushed to' },
  members: { value: 4, says: 'accounts for each member of a day' },
  timelineKept: { value: 800, says: 'entries of a feed that are kept' },
  timelineEntryBytes: { value: 60, says: 'an entry of a feed' },
  postRowBytes: { value: 2500, says: 'a post and its pictures in the database, indexes included' },
  likeRowBytes: { value: 150, says: 'a like, a follow' },
  commentRowBytes: { value: 500, says: 'a comment' },
  messageRowBytes: { value: 400, says: 'a message' },
  memberRowBytes: { value: 20e3, says: 'an account with its sessions, settings and counters' },
  eventBytes: { value: 400, says: 'an event' },
  eventsPerWrite: { value: 1.2, says: 'events of a write' },
  groupsPerEvent: { value: 5, says: 'groups that handle an event' },
  eventDays: { value: 7, says: 'days that events are kept' },
  backupDays: { value: 30, says: 'days that backups are kept' },
  databaseCopies: { value: 3, says: 'copies of rows' },
  objectCopies: { value: 1.5, says: 'copies of objects (erasure coding)' },
  cachedBytesPerMember: { value: 6000, says: 'feed, session and profile of a member who is there' },
  cachedShare: { value: 0.2, says: 'members of a day in caches at once' },
  hotPostBytes: { value: 2000, says: 'a post in a cache' },
  hotPosts: { value: 0.2, says: 'posts in caches, of those of a day' },
  cores: { value: 32, says: 'cores of a machine' },
  memoryBytes: { value: 128e9, says: 'memory of a machine' },
  diskBytes: { value: 8e12, says: 'disk of a machine for rows' },
  busy: { value: 0.6, says: 'of a core that is used at the peak' },
  largestRegion: { value: 0.5, says: 'of the load in the largest region' },
  overhead: { value: 1.5, says: 'times what was measured on one machine: TLS, networks, watching' },
  surviveRegion: { value: 1, says: '1: the others can take over the largest region' },
  eventsPerPartition: { value: 5000, says: 'events a second in a partition' },
  priceCoreHour: { value: 0.035, says: 'money for a core and its memory, an hour' },
  priceDiskMonth: { value: 0.08, says: 'for a GB of fast disk, a month' },
  priceObjectMonth: { value: 0.021, says: 'for a GB of objects, a month' },
  priceEgress: { value: 0.008, says: 'for a GB from the CDN' },
} as const

export type Assumptions = { readonly [Name in keyof typeof assumptions]: number }

/** When the prices were looked up: lists of large hosts, in dollars, without discounts. */
export const PRICES_OF = '2026-11'

const names = Object.keys(assumptions) as (keyof Assumptions)[]

export const defaults: Assumptions = Object.fromEntries(
  names.map((name) => [name, assumptions[name].value]),
) as Assumptions

export const flagOf = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** Reads flags; throws a sentence for whoever typed them. */
export function parseFlags(words: readonly string[]): { values: Assumptions; json: boolean; help: boolean } {
  const values: Record<string, number> = { ...defaults }
  const known = new Map(names.map((name) => [flagOf(name), name]))
  const rest = [...words]
  const seen = { json: false, help: false }
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--json' || word === '--help') {
      seen[word === '--json' ? 'json' : 'help'] = true
      continue
    }
    const name = known.get(word)
    if (!name) throw new Error(`There is no ${word}; --help names all.`)
    values[name] = readNumber(word, rest.shift())
  }
  return { values: values as Assumptions, ...seen }
}

function readNumber(flag: string, text: string | undefined): number {
  const value = Number(text?.replaceAll('_', ''))
  if (!text || !Number.isFinite(value) || value < 0)
    throw new Error(`${flag} is to be a number, such as 500e6, and not “${text ?? ''}”.`)
  return value
}
