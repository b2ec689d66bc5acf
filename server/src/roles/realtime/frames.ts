import {
  frames as declared,
  type ErrorCode,
  type FrameSpec,
  type Reach,
  TintypeError,
  type TopicName,
} from '@tintype/contract'
import { type Check, frameCheck } from '../../gateway/validation.ts'
import type { Logger } from '../../kit/logger.ts'
import type { FrameContext, FrameHandlers } from '../../modules/sockets.ts'
import { codeOf, type Session } from './session.ts'

type Handler = (data: never, session: Session) => Promise<void> | void

interface Known {
  scope: Reach
  check: Check
  perMinute: number
  handle: Handler
}

export interface FrameReaderOptions {
  handlers: readonly FrameHandlers[]
  /** Scales the limits; 0 turns them off. */
  rateLimitMultiplier: number
  logger: Logger
}

/** Reads what clients say: checks its form and its rate, and hands it to whom it is for. */
export class FrameReader {
  readonly #known: Map<string, Known>
  readonly #multiplier: number
  readonly #logger: Logger

  constructor({ handlers, rateLimitMultiplier, logger }: FrameReaderOptions) {
    this.#multiplier = rateLimitMultiplier
    this.#logger = logger
    const all: Record<string, Handler> = { ...core, ...fromModules(handlers) }
    this.#known = new Map(
      Object.entries<FrameSpec>(declared).map(([type, { scope, data, perMinute }]) => {
        const handle = all[type]
        if (!handle) throw new Error(`no module handles the frame "${type}"`)
        return [type, { scope, check: frameCheck(data), perMinute, handle }]
      }),
    )
  }

  /** Never throws: a bad frame concerns its socket alone. */
  read(session: Session, bytes: unknown, isBinary: boolean): void {
    const { type, data, ref } = isBinary ? noFrame : frameIn(String(bytes))
    const refuse = (code: ErrorCode) =>
      session.tell({ type: 'refused', data: { frame: type, code, ...(ref === undefined ? {} : { ref }) } })
    this.#obey(session, type, data).catch((error) => {
      if (!(error instanceof TintypeError)) this.#logger.warn({ err: error, frame: type }, 'a frame failed')
      refuse(codeOf(error))
    })
  }

  async #obey(session: Session, type: string, data: unknown): Promise<void> {
    const known = this.#known.get(type)
    session.spend(known ? type : '', known?.perMinute ?? 60, this.#multiplier)
    if (!known) throw new TintypeError('bad_request')
    if (!session.reaches(known.scope)) throw new TintypeError('scope_missing')
    await known.handle(known.check(data) as never, session)
  }
}

const core: Record<'subscribe' | 'unsubscribe' | 'ping', Handler> = {
  subscribe: ({ topic, resume }: { topic: TopicName; resume?: string }, session) =>
    session.join(topic, resume),
  unsubscribe: ({ topic }: { topic: TopicName }, session) => session.leave(topic),
  ping: (_: unknown, session) => session.tell({ type: 'pong', data: {} }),
}

function fromModules(all: readonly FrameHandlers[]): Record<string, Handler> {
  const handlers: Record<string, Handler> = {}
  for (const [type, handle] of all.flatMap((some) => Object.entries(some)))
    handlers[type] = (data, session) =>
      (handle as (data: never, context: FrameContext) => Promise<void>)(data, {
        viewer: session.viewer,
        hasJoined: (topic) => session.hasJoined(topic),
      })
  return handlers
}

interface Frame {
  type: string
  data: unknown
  ref: string | undefined
}
const noFrame: Frame = { type: '', data: undefined, ref: undefined }

/** Names are cut, since they are said back. */
function frameIn(text: string): Frame {
  try {
    const { type, data, ref } = JSON.parse(text)
    if (typeof type !== 'string') return noFrame
    return {
      type: type.slice(0, 64),
      data: data ?? {},
      ref: typeof ref === 'string' ? ref.slice(0, 64) : undefined,
    }
  } catch {
    return noFrame
  }
}
