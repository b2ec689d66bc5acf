import type { Assumptions } from './assumptions.ts'
import type { UnitCosts } from './unit-costs.ts'

const DAY = 86_400
const YEAR_DAYS = 365
const MONTH_HOURS = 730
const GB = 1e9

/** A second, at the mean of a day. */
export interface Rates {
  feedReads: number
  pageReads: number
  posts: number
  likes: number
  comments: number
  follows: number
  messages: number
  searches: number
  events: number
  entries: number
}

export interface Role {
  role: string
  /** At the peak, before headroom. */
  cores: number
  memoryBytes: number
  machines: number
}

export interface Plan {
  rates: Rates
  roles: Role[]
  machines: number
  cores: number
  /** Bytes written in a year (or kept at once, where `kept`), all copies included. */
  storage: { kind: string; bytes: number; kept: boolean; where: 'disk' | 'objects' }[]
  /** Bits a second, at the peak. */
  bandwidth: { fromCdn: number; fromOrigin: number; api: number; uploads: number; betweenRegions: number }
  cacheBytes: number
  sockets: number
  eventPartitions: number
  databaseShards: number
  /** A month, at the end of the first year. */
  money: { part: string; month: number }[]
}

/** From what a unit costs and what people do, to machines. Pure; grows with each of `dau` and what a member does. */
export function plan(costs: UnitCosts, a: Assumptions): Plan {
  const rates = ratesOf(a)
  const roles = rolesOf(costs, a, rates)
  const storage = storageOf(costs, a, rates)
  const bandwidth = bandwidthOf(costs, a, rates)
  const machines = roles.reduce((sum, role) => sum + role.machines, 0)
  const onDisk = storage.filter(({ where }) => where === 'disk').reduce((sum, { bytes }) => sum + bytes, 0)
  const database = roles.find(({ role }) => role === 'database')
  return {
    rates,
    roles,
    machines,
    cores: machines * a.cores,
    storage,
    bandwidth,
    cacheBytes: cacheOf(a),
    sockets: a.dau * a.socketShare,
    eventPartitions: Math.max(1, Math.ceil((rates.events * a.peakFactor) / a.eventsPerPartition)),
    databaseShards: Math.max(
      1,
      Math.ceil((database?.cores ?? 0) / (a.cores * a.busy)),
      Math.ceil(onDisk / a.databaseCopies / a.diskBytes),
    ),
    money: moneyOf(a, { machines, storage, rates }),
  }
}

export function ratesOf(a: Assumptions): Rates {
  const perSecond = (perDay: number) => (a.dau * perDay) / DAY
  const writes = Math.max(0, (a.feedReads + a.pageReads) / a.readsPerWrite - a.uploads)
  const comments = writes * a.commentShare
  const follows = writes * a.followShare
  const posts = perSecond(a.uploads)
  const messages = perSecond(a.messages)
  return {
    feedReads: perSecond(a.feedReads),
    pageReads: perSecond(a.pageReads),
    posts,
    likes: perSecond(writes - comments - follows),
    comments: perSecond(comments),
    follows: perSecond(follows),
    messages,
    searches: perSecond(a.searches),
    events: (perSecond(writes) + posts + messages) * a.eventsPerWrite,
    entries: posts * a.pushedTo,
  }
}

/** Cores busy with it, at the mean. */
interface Load {
  role: string
  cores: number
  memoryBytes: number
  /** Rows or entries that its machines hold. */
  diskBytes?: number
}

function loadsOf(c: UnitCosts, a: Assumptions, r: Rates): Load[] {
  const ms = (perSecond: number, each: number) => (perSecond * each) / 1000
  const home = c.homeWarmMs * a.warmShare + c.homeColdMs * (1 - a.warmShare)
  const writes =
    ms(r.likes, c.likeMs) + ms(r.comments, c.commentMs) + ms(r.follows, c.followMs) + ms(r.posts, c.postMs)
  const messages = ms(r.messages, c.messageMs)
  const ofDatabase = c.databaseShareOfWrites
  const reads = ms(r.feedReads, home) + ms(r.pageReads, c.pageMs)
  /** Half of a cold page's cost is PostgreSQL's (0.53 of 1.57 ms), of a warm one's nothing. */
  const coldReads = ms(r.feedReads * (1 - a.warmShare), c.homeColdMs) / 3
  const processes = (cores: number) =>
    Math.ceil((cores * a.peakFactor * a.overhead) / a.busy) * c.apiProcessBytes
  const rows = storageOf(c, a, r)
  const bytes = (kinds: string[]) =>
    rows.filter(({ kind }) => kinds.includes(kind)).reduce((sum, each) => sum + each.bytes, 0)
  const seconds = r.posts * (1 - a.photoShare) * a.videoSeconds
  return [
    { role: 'api, read', cores: reads - coldReads, memoryBytes: processes(reads - coldReads) },
    {
      role: 'api, write',
      cores: (writes + messages) * (1 - ofDatabase),
      memoryBytes: processes((writes + messages) * (1 - ofDatabase)),
    },
    {
      role: 'realtime',
      cores: ms(r.messages + r.events, c.handleMs),
      memoryBytes: a.dau * a.socketShare * c.socketBytes,
    },
    {
      role: 'worker, events',
      cores: ms(r.entries, c.entryMs) + ms(r.events, c.relayMs + c.handleMs * a.groupsPerEvent),
      memoryBytes: 0,
    },
    { role: 'worker, photographs', cores: ms(r.posts * a.photoShare, c.photoMs), memoryBytes: 0 },
    { role: 'worker, films', cores: ms(seconds, c.videoMsPerSecond), memoryBytes: 0 },
    {
      role: 'database',
      cores: (writes + messages) * ofDatabase + coldReads,
      memoryBytes: 0,
      diskBytes: bytes(['posts', 'likes and follows', 'comments', 'accounts']),
    },
    {
      role: 'timelines and messages',
      cores: ms(r.entries, c.entryMs),
      memoryBytes: 0,
      diskBytes: bytes(['timelines', 'messages']),
    },
    { role: 'events', cores: ms(r.events, c.relayMs), memoryBytes: 0, diskBytes: bytes(['events']) },
    { role: 'search', cores: ms(r.searches, c.searchMs), memoryBytes: 0, diskBytes: bytes(['search index']) },
    { role: 'cache', cores: ms(r.feedReads + r.pageReads, 0.01), memoryBytes: cacheOf(a) },
  ]
}

function rolesOf(c: UnitCosts, a: Assumptions, r: Rates): Role[] {
  const spare = a.surviveRegion ? 1 / (1 - a.largestRegion) : 1
  return loadsOf(c, a, r).map(({ role, cores, memoryBytes, diskBytes = 0 }) => {
    const peak = cores * a.peakFactor * a.overhead
    const needed = Math.max(
      peak / (a.cores * a.busy),
      memoryBytes / (a.memoryBytes * 0.8),
      diskBytes / (a.diskBytes * 0.7),
    )
    // One may fail wherever the region that is lost is not what decides.
    return { role, cores: peak, memoryBytes, machines: Math.max(2, Math.ceil(needed * spare)) }
  })
}

function storageOf(c: UnitCosts, a: Assumptions, r: Rates): Plan['storage'] {
  const year = (perSecond: number, bytes: number) => perSecond * DAY * YEAR_DAYS * bytes
  const photos = r.posts * a.photoShare
  const films = r.posts * (1 - a.photoShare)
  const rows = (kind: string, bytes: number, kept = false) =>
    ({ kind, bytes: bytes * a.databaseCopies, kept, where: 'disk' }) as const
  const objects = (kind: string, bytes: number, kept = false) =>
    ({ kind, bytes: bytes * a.objectCopies, kept, where: 'objects' }) as const
  const accounts = a.dau * a.members
  return [
    objects('originals', year(photos, a.photoOriginalBytes) + year(films, a.videoOriginalBytes)),
    objects('shown sizes', year(photos, a.photoShownBytes) + year(films, a.videoShownBytes)),
    rows('posts', year(r.posts, a.postRowBytes)),
    rows('likes and follows', year(r.likes + r.follows, a.likeRowBytes)),
    rows('comments', year(r.comments, a.commentRowBytes)),
    rows('messages', year(r.messages, a.messageRowBytes)),
    rows('accounts', accounts * a.memberRowBytes, true),
    rows('timelines', a.dau * a.timelineKept * a.timelineEntryBytes, true),
    rows('events', r.events * DAY * a.eventDays * a.eventBytes, true),
    rows('search index', (accounts + r.posts * DAY * YEAR_DAYS) * c.indexBytesPerDocument, true),
    objects('backups: log', r.posts * DAY * a.backupDays * c.walBytesPerPost, true),
  ]
}

function cacheOf(a: Assumptions): number {
  return a.dau * a.cachedShare * a.cachedBytesPerMember + a.dau * a.uploads * a.hotPosts * a.hotPostBytes
}

function bandwidthOf(c: UnitCosts, a: Assumptions, r: Rates): Plan['bandwidth'] {
  const peakBits = (bytes: number) => bytes * 8 * a.peakFactor
  const pages = r.feedReads + r.pageReads
  const pictures = pages * a.picturesPerPage * a.pictureSentBytes
  const bytesOf = (photo: number, video: number) =>
    r.posts * (a.photoShare * photo + (1 - a.photoShare) * video)
  return {
    fromCdn: peakBits(pictures),
    fromOrigin: peakBits(pictures * (1 - a.cdnHitShare)),
    api: peakBits((pages * c.homeBytes) / a.compression),
    uploads: peakBits(bytesOf(a.photoOriginalBytes, a.videoOriginalBytes)),
    betweenRegions: peakBits(
      bytesOf(a.photoOriginalBytes + a.photoShownBytes, a.videoOriginalBytes + a.videoShownBytes) +
        r.posts * c.walBytesPerPost,
    ),
  }
}

function moneyOf(
  a: Assumptions,
  { machines, storage, rates }: Pick<Plan, 'machines' | 'storage' | 'rates'>,
): Plan['money'] {
  const gigabytes = (where: 'disk' | 'objects') =>
    storage.filter((each) => each.where === where).reduce((sum, { bytes }) => sum + bytes, 0) / GB
  const pages = (rates.feedReads + rates.pageReads) * DAY * (YEAR_DAYS / 12)
  return [
    { part: 'machines', month: machines * a.cores * a.priceCoreHour * MONTH_HOURS },
    { part: 'disks', month: gigabytes('disk') * a.priceDiskMonth },
    { part: 'objects', month: gigabytes('objects') * a.priceObjectMonth },
    {
      part: 'sending pictures',
      month: ((pages * a.picturesPerPage * a.pictureSentBytes) / GB) * a.priceEgress,
    },
  ]
}
