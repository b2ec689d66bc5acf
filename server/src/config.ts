import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { limits } from '@tintype/contract'
import { engineSettings } from './engines/index.ts'
import { parseRange } from './kit/address-ranges.ts'
import { settingsReader } from './kit/settings.ts'
import { parseVaultKeys } from './kit/vault-keys.ts'

export const roleNames = ['api', 'worker', 'realtime', 'scheduler'] as const
export type RoleName = (typeof roleNames)[number]
export const serveNames = ['read', 'write'] as const
export type ServeName = (typeof serveNames)[number]
/** The modules by name: what SERVICES may list. */
export const serviceNames = [
  'accounts',
  'factors',
  'openid',
  'members',
  'community',
  'graph',
  'media',
  'posts',
  'scheduled',
  'links',
  'engagement',
  'notifications',
  'channels',
  'feed',
  'explore',
  'reels',
  'stories',
  'live',
  'collections',
  'reposts',
  'messages',
  'search',
  'moderation',
  'security',
  'archives',
  'places',
  'imports',
  'apps',
] as const
export type ServiceName = (typeof serviceNames)[number]
const compressionModes = ['auto', 'on', 'off'] as const
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const MB = 1024 * 1024

export type Config = ReturnType<typeof parseConfig>

/** All that is wrong with the environment, at once. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[]
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'))
    this.name = 'ConfigError'
    this.mistakes = mistakes
  }
}

/** Environment -> settings. Pure. Throws ConfigError. Durations are seconds unless the name says otherwise. */
export function parseConfig(env: Record<string, string | undefined>) {
  const read = settingsReader(env)
  const port = read.integer('PORT', 3000, 0, 65535)
  const host = read.text('HOST', 'localhost')
  const webDir = read.text('WEB_DIR', '')
  const workers = read.integer('WORKERS', 1, 1, 64)
  const engines = engineSettings(read)
  const part = partSettings(read)
  const publicUrl = read.origin('PUBLIC_URL')
  const dataDir = resolve(read.text('DATA_DIR', '.tintype'))
  const config = Object.freeze({
    port,
    host,
    /** Where people reach Tintype; links, cookies and presigned URLs are made from it. Empty: what the server listens on. */
    publicUrl,
    /** The same for links in mails; where it is empty, what can be reached from this machine. */
    siteUrl: publicUrl || `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`,
    dataDir,
    ...part,
    ...engines,
    /**
     * Processes that serve HTTP and sockets on the one port. 1: everything in one process. More: so many beside the first, which keeps
     * the worker and scheduler (and the embedded PostgreSQL) to itself. One per core is the most that pays. What is "per process"
     * below is then there so many times: CACHE_ENTRIES and DATABASE_POOL, for the first process once more.
     */
    workers,
    /** Whether other processes may serve the same community: then rate limits are counted together. */
    isOneOfSeveral: workers > 1 || engines.databaseUrl !== '' || engines.redisUrl !== '',
    /** Signs tokens and links. Made at the first start and kept in DATA_DIR unless given. */
    secret: read.secret('SECRET'),
    ...vaultSettings(read, dataDir),
    logLevel: read.oneOf('LOG_LEVEL', 'info', logLevels),
    logPretty: read.flag('LOG_PRETTY', false),
    ...addressSettings(read, dataDir),
    /** Of API replies and pages. `auto`: unless a proxy is in front (`trustProxy`) or the caller on this machine. */
    compression: read.oneOf('COMPRESSION', 'auto', compressionModes) as (typeof compressionModes)[number],
    corsOrigins: read.words('CORS_ORIGINS'),
    overload: Object.freeze({
      /**
       * Milliseconds: where the event loop takes longer for one turn, what comes in during the rest of it is answered 503. A turn is
       * what everybody waits for, at most twice: so a page comes within a second even then, and a probe's usual patience
       * (a second) is not worn out. A healthy turn takes 1 to 20 ms; collecting garbage 100 at worst. 0: never.
       */
      turnMs: read.integer('OVERLOAD_TURN_MS', 500, 0, 60_000),
      /**
       * Requests a process has under way, above which new ones are answered 503. A process does 1000 to 10 000 a second, so more
       * than this would wait for a second and be given up by whoever asked; it also bounds what a stalled database piles up
       * (some 50 KB each). 0: never.
       */
      requests: read.integer('OVERLOAD_REQUESTS', 1000, 0, 1e6),
    }),
    /** Sockets that a member may have open in one process; one for each open tab and device. */
    socketsPerMember: read.integer('SOCKETS_PER_MEMBER', 20, 1, 10_000),
    celebrityFollowers: read.integer('CELEBRITY_FOLLOWERS', 10_000, 1, 1e9),
    /** Followers who have not opened the app for so long are skipped by fan-out and rebuilt when they return. */
    inactiveAfter: read.integer('INACTIVE_AFTER_DAYS', 30, 1, 3650) * 86_400,
    /** Whether apps may make themselves known, without a member who answers for them. */
    appRegistration: read.flag('APP_REGISTRATION', true),
    /** Days that an archive of a member’s data can be downloaded. */
    exportDays: read.integer('EXPORT_DAYS', 7, 1, 90),
    timelineKept: read.integer('TIMELINE_KEPT', 800, 50, 100_000),
    accessTokenTtl: 3600 as number,
    refreshTokenTtl: 7 * 86_400,
    cacheTtl: Object.freeze({ session: 1800, feed: 300, profile: 3600, post: 900 }),
    /** Lives that are taken; undefined: none. `most` at once, `longest` seconds each; `lower`: qualities below the source's own. */
    live: liveSettings(read, { workers, host, publicUrl }),
    ...mediaSettings(read),
    linkPreviews: linkSettings(read),
    openId: openIdSettings(read, publicUrl),
    webDir: webDir && resolve(webDir),
  })
  if (read.mistakes.length > 0) throw new ConfigError(read.mistakes)
  return config
}

/** What is sealed in the database is sealed with: beside the secret, of which key 1 is derived. */
const vaultSettings = (read: ReturnType<typeof settingsReader>, dataDir: string) => {
  const { keys, mistakes } = parseVaultKeys(read.text('VAULT_KEYS', ''))
  read.mistakes.push(...mistakes.map((mistake) => `VAULT_KEYS ${mistake}.`))
  return {
    /** None: those of the file, if there is one. */
    vaultKeys: keys,
    vaultKeyFile: resolve(read.text('VAULT_KEY_FILE', join(dataDir, 'vault-keys'))),
  }
}

/** By whom callers' addresses are told, and who is let in. */
const addressSettings = (read: ReturnType<typeof settingsReader>, dataDir: string) => {
  const trustedProxies = onlyRanges('TRUSTED_PROXIES', read.words('TRUSTED_PROXIES'), read.mistakes)
  return {
    /** Believe X-Forwarded-For and X-Forwarded-Proto of the proxy in front. */
    trustProxy: read.flag('TRUST_PROXY', false) || trustedProxies.length > 0,
    /** What proxies of these ranges say is believed, however many are in a row; none: what one says, wherever it is. */
    trustedProxies,
    /** Addresses that are let in or not answered, one rule a line. */
    addressFile: resolve(read.text('ADDRESS_FILE', join(dataDir, 'addresses.txt'))),
  }
}

function onlyRanges(name: string, words: readonly string[], mistakes: string[]): readonly string[] {
  const wrong = words.filter((word) => !parseRange(word))
  if (wrong.length === 0) return words
  mistakes.push(`${name} has "${wrong.join(', ')}", but may only list addresses and ranges (10.0.0.0/8).`)
  return []
}

/** What of a community this process does. */
const partSettings = (read: ReturnType<typeof settingsReader>) => {
  const services = read.list('SERVICES', serviceNames)
  const serve = read.list('SERVE', serveNames)
  return {
    roles: read.list('ROLES', roleNames),
    /** Where a process that answers nobody tells how it is; 0: nowhere. */
    healthPort: read.integer('HEALTH_PORT', 0, 0, 65535),
    /** The modules whose routes, consumers and schedules are this process's. */
    services,
    /** Whether it answers what only reads, what changes something, or both. */
    serve,
    /** Whether it reads for all modules. Pages are drawn of the answers of many, so no other process serves any. */
    isWhole: serve.includes('read') && serviceNames.every((name) => services.includes(name)),
  }
}

/** Of addresses in messages; undefined: none. Private hosts: also of the community's own network, at any port. */
const linkSettings = (read: ReturnType<typeof settingsReader>) => {
  const allowPrivate = read.flag('LINK_PRIVATE_HOSTS', false)
  return read.flag('LINK_PREVIEWS', true) ? Object.freeze({ allowPrivate }) : undefined
}

const signUps = { open: 'open', invited: 'invitation', off: 'closed' } as const

/** Another place where members log in (OpenID Connect); undefined: none. */
const openIdSettings = (read: ReturnType<typeof settingsReader>, publicUrl: string) => {
  const issuer = read.url('OIDC_ISSUER')
  const clientId = read.text('OIDC_CLIENT_ID', '')
  const clientSecret = read.text('OIDC_CLIENT_SECRET', '')
  const name = read.text('OIDC_NAME', issuer && new URL(issuer).hostname)
  const scopes = read.text('OIDC_SCOPES', 'openid profile email')
  const signUp = read.oneOf('OIDC_SIGN_UP', '', ['', ...Object.keys(signUps)])
  const only = read.flag('OIDC_ONLY', false)
  const needed = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }
  const missing = Object.entries(needed).flatMap(([setting, value]) => (value ? [] : [setting]))
  if (missing.length === 3 && !only && !signUp) return undefined
  if (missing.length > 0)
    read.mistakes.push(`To log in elsewhere there must be ${missing.join(', ')} as well.`)
  if (!publicUrl)
    read.mistakes.push('To log in elsewhere PUBLIC_URL is needed: it is where people are sent back to.')
  if (issuer && !isSafeIssuer(new URL(issuer)))
    read.mistakes.push('OIDC_ISSUER must begin with https:// unless it is on this machine.')
  if (!scopes.split(/\s+/).includes('openid')) read.mistakes.push('OIDC_SCOPES must have the word openid.')
  return Object.freeze({
    /** As it writes itself: an end of / belongs to it. */
    issuer: read.text('OIDC_ISSUER', ''),
    clientId,
    clientSecret,
    name,
    scopes,
    /** Who of those it knows may join; undefined: as the community says. */
    signUp: signUp ? signUps[signUp as keyof typeof signUps] : undefined,
    /** Whether only the owner may log in by a password. */
    only,
  })
}

const isSafeIssuer = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** Live video needs one process: what is sent to it is held by whichever takes it. */
const liveSettings = (
  read: ReturnType<typeof settingsReader>,
  { workers, host, publicUrl }: { workers: number; host: string; publicUrl: string },
) => {
  const cores = availableParallelism()
  const isOn = read.flag('LIVE', true) && read.flag('VIDEO', true) && workers === 1
  const most = read.integer('LIVE_MAX', Math.max(2, cores), 1, 1000)
  const minutes = read.integer('LIVE_MAX_MINUTES', 60, 1, 720)
  const lower = read.integer('LIVE_LOWER_QUALITY', cores >= 4 ? 360 : 0, 0, 720)
  const port = read.integer('LIVE_RTMP_PORT', 1935, 0, 65535)
  const listens = read.text('LIVE_RTMP_HOST', host)
  const told = read.url('LIVE_RTMP_URL', ['rtmp:', 'rtmps:'])
  return isOn
    ? Object.freeze({
        most,
        longest: minutes * 60,
        lower: lower === 0 ? [] : [lower],
        threads: cores >= 4 ? 2 : 1,
        rtmp: port === 0 ? undefined : { port, host: listens, url: told || rtmpUrl(publicUrl, host, port) },
      })
    : undefined
}

/** Where programs reach the host that browsers reach. */
const rtmpUrl = (publicUrl: string, host: string, port: number): string => {
  const own = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const name = publicUrl ? new URL(publicUrl).hostname : own
  return `rtmp://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}/live`
}

const mediaSettings = (read: ReturnType<typeof settingsReader>) => ({
  /** Whether a program gives pictures scores, for the community's thresholds. */
  pictureScores: read.flag('PICTURE_SCORES', true),
  /** Threads that decode and encode pictures. */
  mediaThreads: read.integer('MEDIA_THREADS', Math.max(1, Math.min(4, availableParallelism() - 1)), 1, 64),
  /** Films that are taken; undefined: none. */
  video: read.flag('VIDEO', true)
    ? Object.freeze({
        seconds: 60 * read.integer('VIDEO_MAX_MINUTES', limits.videoSeconds / 60, 1, 240),
        bytes: MB * read.integer('VIDEO_MAX_MB', limits.videoBytes / MB, 1, 4096),
      })
    : undefined,
  /** Films encoded at once, and threads that each takes. */
  videoProcesses: read.integer('VIDEO_PROCESSES', Math.max(1, Math.floor(availableParallelism() / 4)), 1, 64),
  videoThreads: read.integer('VIDEO_THREADS', Math.min(4, availableParallelism()), 1, 64),
})
