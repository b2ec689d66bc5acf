import { randomBytes } from 'node:crypto'
import cors from '@fastify/cors'
import multipart from '@fastify/multipart'
import { limits, SOLUTION_HEADER, TintypeError } from '@tintype/contract'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Config } from '../config.ts'
import type { Db } from '../engines/db/port.ts'
import type { RateLimiter } from '../engines/rate-limiter/port.ts'
import { AddressSet, addressKey, parseRange } from '../kit/address-ranges.ts'
import type { Logger } from '../kit/logger.ts'
import { countAddress } from './attack-patterns.ts'
import type { RouteBinding } from './binding.ts'
import { BodyPace, type PaceOptions } from './body-pace.ts'
import { compression } from './compression.ts'
import { cookiePolicy } from './credentials.ts'
import { registerDocs } from './docs.ts'
import { errorReply } from './error-reply.ts'
import { type Authenticate, type ProvenLately, whileThereIsRoom } from './gate.ts'
import type { Guard } from './guard.ts'
import { type ReadyCheck, registerHealth } from './health.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import { inspectBodies } from './inspection.ts'
import { otherMethods } from './methods.ts'
import { createMetrics, type EventHealth, type Metrics } from './metrics.ts'
import { OpenSockets } from './open-sockets.ts'
import { registerOutward } from './outward/routes.ts'
import type { Rank } from './overload.ts'
import type { Peers } from './peers.ts'
import { POSITION_HEADER, positionsOf } from './positions.ts'
import type { Preview } from './preview.ts'
import { limitWith } from './rate-limits.ts'
import { type RouteOptions, registerRoute } from './routes.ts'
import { baseHeaders } from './security-headers.ts'
import { registerElsewhere } from './serving.ts'
import { answerUnreadable } from './unreadable.ts'
import { assertVersion, VERSION_HEADER, versionedUrl } from './versions.ts'
import { registerWebApp } from './web-app.ts'

export interface AppOptions {
  config: Pick<
    Config,
    | 'publicUrl'
    | 'trustProxy'
    | 'trustedProxies'
    | 'compression'
    | 'corsOrigins'
    | 'rateLimitMultiplier'
    | 'webDir'
  >
  logger: Logger
  version: string
  bindings: readonly RouteBinding[]
  /** Of which other processes have the handlers. */
  elsewhere?: readonly RouteBinding[]
  authenticate: Authenticate
  provenLately: ProvenLately
  guard: Guard
  rateLimiter: RateLimiter
  idempotency: IdempotencyStore
  /** Engines that `/ready` asks. */
  checks?: readonly ReadyCheck[]
  /** Whose reads may be late. */
  db?: Pick<Db, 'isReplicated' | 'lately' | 'position' | 'lags'>
  events?: EventHealth
  /** Paths whose disks are watched, by the name that is told. */
  folders?: Readonly<Record<string, string>>
  /** Whether they are handled in this process; so unless it is told. */
  handlesEvents?: boolean
  peers?: Peers | undefined
  /** Age in seconds of the oldest waiting event at which `/ready` says no. */
  maxBacklogSeconds?: number
  /** Seconds to stay away where the process cannot take more (503 with `Retry-After`); undefined while it can. */
  overloaded?: (rank: Rank) => number | undefined
  /** Wraps the handlers of the contract's routes, to know how many requests are under way. */
  counted?: RouteOptions['counted']
  /** How slowly a body may come in. */
  pace?: Partial<PaceOptions>
  preview?: Preview
  /** Origins beside our own that pictures and uploads go to (object store, CDN). */
  mediaOrigins?: readonly string[]
  /** Routes that are not of the contract: bytes of the object store, pictures, the socket. */
  plugins?: readonly ((app: FastifyInstance) => void | Promise<void>)[]
}

const BODY_LIMIT = 256 * 1024

/** The HTTP side of Tintype, ready to listen or to be asked with `inject()`. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config } = options
  const metrics = createMetrics(options.events, options.peers, {
    checks: options.checks,
    lags: options.db?.lags,
    folders: options.folders,
  })
  const app = newFastify(options)
  app.decorateRequest('viewer', null)
  app.decorateRequest('isExempt', false)
  app.decorateRequest('failure', null)
  addHooks(app, options, metrics)
  const refuseOtherMethods = otherMethods(app)
  app.removeContentTypeParser('text/plain')
  inspectBodies(app)
  if (config.corsOrigins.length > 0) await app.register(cors, corsOptions(config.corsOrigins))
  await app.register(multipart, {
    limits: { files: limits.carousel, fileSize: limits.photoBytes, fields: 40, fieldSize: 16 * 1024 },
  })
  const compress = compression(config)
  const routeOptions = {
    ...options,
    overloaded: options.overloaded,
    counted: options.counted,
    compress,
    cookies: cookiePolicy(config.publicUrl),
    limit: limitWith(options.rateLimiter, config.rateLimitMultiplier),
    positions: positionsOf(options.db, cookiePolicy(config.publicUrl)),
  }
  for (const binding of options.bindings) registerRoute(app, binding, routeOptions)
  registerElsewhere(app, options.elsewhere ?? [])
  registerHealth(app, {
    version: options.version,
    logger: options.logger,
    checks: options.checks ?? [],
    events: options.events,
    handlesEvents: options.handlesEvents ?? true,
    worker: options.peers?.worker,
    metrics,
    maxBacklogSeconds: options.maxBacklogSeconds,
  })
  registerDocs(app, { version: options.version, serverUrl: config.publicUrl })
  for (const plugin of options.plugins ?? [])
    await app.register(async (scope) => {
      if (options.overloaded) scope.addHook('onRequest', whileThereIsRoom(options.overloaded))
      await plugin(scope)
    })
  registerOutward(app, { publicUrl: config.publicUrl, mediaOrigins: options.mediaOrigins ?? [] })
  await registerWebApp(app, {
    dir: config.webDir,
    publicUrl: config.publicUrl,
    mediaOrigins: options.mediaOrigins ?? [],
    preview: options.preview,
    overloaded: options.overloaded,
    logger: options.logger,
    compress,
  })
  refuseOtherMethods()
  await app.ready()
  return app
}

function newFastify({ config, logger }: AppOptions): FastifyInstance {
  const onError = errorReply(logger)
  const newId = requestIds()
  const headers = headersOf(config)
  const app = Fastify({
    loggerInstance: quietly(logger),
    // One line of our own per request instead of two of Fastify's.
    logController: new LogController({ disableRequestLogging: true }),
    // A logger per request would cost more than the rest of the gateway; what is logged names its request itself.
    childLoggerFactory: (parent) => parent,
    genReqId: newId,
    rewriteUrl: versionedUrl,
    trustProxy: trusted(config),
    // The longest upload on the slowest line (see BodyPace for all else), and headers, which are one packet or two.
    requestTimeout: 900_000,
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5000 },
    // A slow machine under load takes longer to read the web app's folder than Fastify's ten seconds.
    pluginTimeout: 120_000,
    bodyLimit: BODY_LIMIT,
    // Tags of 100 characters of any script, percent-encoded.
    routerOptions: { maxParamLength: 1500, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    // Ours has the envelope; see `addHooks`.
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable({ logger, headers, newId: () => newId({ headers: {} }) }),
    // Before any hook.
    frameworkErrors(error, request, reply) {
      reply.headers(headers).header('x-request-id', request.id).header('cache-control', 'no-store')
      onError(error, request, reply)
    },
  })
  app.setErrorHandler(onError)
  app.setNotFoundHandler(() => {
    throw new TintypeError('not_found')
  })
  return app
}

/** What the one proxy in front adds is believed, or what those of known ranges do; what the caller had written there before is not. */
function trusted({ trustProxy, trustedProxies }: AppOptions['config']) {
  if (trustedProxies.length === 0) return trustProxy && ((_address: string, hop: number) => hop === 0)
  const proxies = new AddressSet(trustedProxies.flatMap((range) => parseRange(range) ?? []))
  return (address: string) => {
    const key = addressKey(address)
    return key !== undefined && proxies.has(key)
  }
}

const headersOf = ({ publicUrl }: AppOptions['config']) =>
  baseHeaders({ https: publicUrl.startsWith('https:') })

/** What Fastify has to say of itself (where it listens) is told by whoever starts it. */
const quietly = (logger: Logger): FastifyBaseLogger =>
  logger.child({}, { level: logger.isLevelEnabled('warn') ? 'warn' : logger.level })

/** Ids of requests: the caller's where it sent a sane `X-Request-Id`, else ours. */
function requestIds(): (request: { headers: Record<string, string | string[] | undefined> }) => string {
  const boot = randomBytes(6).toString('base64url')
  let count = 0
  return ({ headers }) => {
    const given = headers['x-request-id']
    return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given)
      ? given
      : `${boot}-${(count++).toString(36)}`
  }
}

/** The hooks that every request passes: headers on its way in, one log line and one measurement on its way out. */
function addHooks(app: FastifyInstance, { config, logger, pace, guard }: AppOptions, metrics: Metrics): void {
  const headers = headersOf(config)
  const bodies = new BodyPace(pace)
  const sockets = new OpenSockets()
  guard.onChange(() => void sockets.cut((address) => guard.verdict(address) === 'denied'))
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onClose', async () => bodies[Symbol.dispose]())
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers)
    reply.header('x-request-id', request.id)
    const isApi = request.url.startsWith('/api/')
    if (isApi) reply.header('cache-control', 'no-store').header(VERSION_HEADER, '1')
    // On connections that are kept: whoever asks next is to ask another process, or this place once it is up again.
    if (!isProbe(request.url)) {
      const verdict = guard.verdict(request.ip)
      if (verdict === 'denied') return done(new TintypeError('address_denied'))
      request.isExempt = verdict === 'exempt'
      if (request.headers.upgrade !== undefined) sockets.add(request.raw.socket, request.ip)
    }
    if (isClosing) return done(new TintypeError('unavailable', { details: { retry_after: 2 } }))
    bodies.watch(request, reply)
    try {
      if (isApi) assertVersion(request)
    } catch (error) {
      return done(error as Error)
    }
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observe(reply)
    countAddress(request.url, reply.statusCode)
    guard.observe(request)
    const level = request.url.startsWith('/api/') ? 'info' : 'debug'
    if (logger.isLevelEnabled(level))
      logger[level](accessOf(request, reply.statusCode, reply.elapsedTime), 'request')
    done()
  })
}

/** Whoever runs the process asks from anywhere. */
const isProbe = (url: string): boolean => url === '/health' || url === '/ready'

/** What the access log keeps of a request: no query, no header, no body, so no secret can be in it. */
const accessOf = (request: FastifyRequest, status: number, ms: number) => ({
  request_id: request.id,
  method: request.method,
  path: request.url.split('?', 1)[0],
  status,
  ms: Math.round(ms * 100) / 100,
  ip: request.ip,
  user_id: request.viewer?.user_id,
})

const corsOptions = (origins: readonly string[]) => ({
  origin: origins.includes('*') ? '*' : [...origins],
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'x-request-id',
    SOLUTION_HEADER,
    VERSION_HEADER,
    POSITION_HEADER,
  ],
  exposedHeaders: [
    'x-request-id',
    'retry-after',
    'ratelimit-limit',
    'ratelimit-remaining',
    'ratelimit-reset',
    'idempotency-replayed',
    VERSION_HEADER,
    'deprecation',
    'sunset',
    POSITION_HEADER,
  ],
  maxAge: 86_400,
})
