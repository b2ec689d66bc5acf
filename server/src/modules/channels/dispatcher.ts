import type { NoticePreferences, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Push, PushNote } from '../../engines/push/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { excerptOf } from '../../text/excerpt.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Loop } from '../module.ts'
import type { UnreadNotices } from '../notifications/api.ts'
import type { PushHint, PushSource, PushText } from '../push-source.ts'
import type { Preferences } from './preferences.ts'
import * as queue from './queue-store.ts'
import { quietUntil } from './quiet.ts'
import type { SubscriptionRow } from './subscription-store.ts'
import { type Subscriptions, targetOfRow } from './subscriptions.ts'

export interface DispatcherDeps {
  db: Db
  clock: Clock
  logger: Pick<Logger, 'error' | 'warn'>
  push: Pick<Push, 'send'>
  sources: readonly PushSource[]
  preferences: Pick<Preferences, 'of'>
  subscriptions: Pick<Subscriptions, 'of' | 'remove'>
  notifications: Pick<UnreadNotices, 'unreadCount'>
  community: Pick<CommunityGate, 'instance'>
}

/** Sends under way to one host; a quarter is kept for messages, so that they never wait for what is slow and can wait. */
const PER_HOST = 32
const PER_HOST_NORMAL = 24
const LEASE_MS = 60_000
const LOOK_MS = 1000
const TRIES = 10
/** Older than this nothing is told that was not told in time. */
const FRESH_MS = 24 * 3_600_000
const LANES = { high: 0, normal: 1 } as const

/**
 * Brings to devices what sources have to tell. A row of the queue says only where to look: what is shown is what is true when it is sent, so what was
 * undone or read meanwhile is not told, and what was told is taken away.
 *
 *   waits        -> nothing to tell (any more)        -> gone
 *                -> quiet mode                        -> waits until it is over
 *                -> told                              -> shown
 *   shown        -> nothing to tell any more          -> closed on the device, gone
 *                -> more of it                        -> told again: aloud, or quietly in its place
 *   either       -> the host asks to wait, or is silent -> waits, and everything for that host with it
 *
 * Rows are taken for a minute: those of a process that died are taken by another. A note may so come twice; its tag makes it one.
 */
export class Dispatcher implements Loop {
  readonly name = 'push'
  readonly #deps: DispatcherDeps
  readonly #sources: ReadonlyMap<string, PushSource>
  readonly #underWay = new Map<string, { all: number; normal: number }>()
  readonly #running = new Set<Promise<void>>()
  readonly #failing = new Set<string>()
  #turn: Promise<number> | undefined
  #isStopped = false

  constructor(deps: DispatcherDeps) {
    this.#deps = deps
    this.#sources = new Map(deps.sources.map((source) => [source.name, source]))
  }

  start(): AsyncDisposable {
    const timer = setInterval(this.#look, LOOK_MS)
    this.#look()
    return {
      [Symbol.asyncDispose]: async () => {
        clearInterval(timer)
        this.#isStopped = true
        await Promise.all([this.#turn?.catch(() => {}), ...this.#running])
      },
    }
  }

  async settle(): Promise<void> {
    for (;;) {
      const taken = await this.#once()
      await Promise.all(this.#running)
      if (taken === 0) return
    }
  }

  /** Something began or ended, as a source says. */
  async hear(source: PushSource, hints: readonly PushHint[]): Promise<void> {
    if (hints.length === 0) return
    const { db, clock } = this.#deps
    const now = clock.now()
    const begun = hints.filter(({ begins }) => begins)
    const ended = hints.filter(({ begins }) => !begins)
    let due = 0
    if (begun.length > 0)
      due += await queue.enqueue(db.query, begun, {
        source: source.name,
        lane: LANES[source.lane],
        aloud: source.again === 'aloud',
        due: new Date(now + source.hold * 1000),
        now: new Date(now),
      })
    if (ended.length > 0) due += await queue.lookAgain(db.query, source.name, ended, new Date(now))
    if (due === 0) return
    this.#look()
    // Not only with the next look: messages are waited for.
    if (source.lane === 'high') setTimeout(this.#look, source.hold * 1000).unref()
  }

  async purge(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const before = new Date(clock.now() - 7 * FRESH_MS)
    while (!signal.aborted && (await queue.purgeQueue(db.query, before, 1000)) === 1000);
  }

  #look = (): void => {
    if (this.#isStopped) return
    this.#once().catch((error) => this.#deps.logger.error({ err: error }, 'pushes could not be taken'))
  }

  /** One after the other; who comes meanwhile waits for one more, which sees what they wrote. */
  #once(): Promise<number> {
    const next = (this.#turn ?? Promise.resolve(0)).catch(() => 0).then(() => this.#take())
    this.#turn = next
    return next
  }

  async #take(): Promise<number> {
    const { db, clock } = this.#deps
    const now = clock.now()
    let taken = 0
    for (const { host, hold_until } of await queue.waitingHosts(db.query)) {
      if (hold_until && hold_until.getTime() > now) continue
      const busy = this.#underWay.get(host) ?? { all: 0, normal: 0 }
      this.#underWay.set(host, busy)
      const terms = { host, now: new Date(now), lease: new Date(now + LEASE_MS) }
      const room = PER_HOST - busy.all
      const high = room > 0 ? await queue.take(db.query, { ...terms, lane: LANES.high, limit: room }) : []
      const rest = Math.min(room - high.length, PER_HOST_NORMAL - busy.normal)
      const normal = rest > 0 ? await queue.take(db.query, { ...terms, lane: LANES.normal, limit: rest }) : []
      for (const rows of Map.groupBy([...high, ...normal], (row) => `${row.user_id} ${row.source}`).values())
        this.#begin(rows, busy)
      taken += high.length + normal.length
    }
    return taken
  }

  #begin(rows: readonly queue.QueueRow[], busy: { all: number; normal: number }): void {
    const normal = rows.filter(({ lane }) => lane !== LANES.high).length
    busy.all += rows.length
    busy.normal += normal
    const work = this.#handle(rows)
      .catch((error) => this.#deps.logger.error({ err: error }, 'pushes could not be sent'))
      .finally(() => {
        busy.all -= rows.length
        busy.normal -= normal
        this.#running.delete(work)
        this.#look()
      })
    this.#running.add(work)
  }

  /** All of one member and one source. */
  async #handle(rows: readonly queue.QueueRow[]): Promise<void> {
    const { preferences, subscriptions, notifications, community, clock } = this.#deps
    const [first] = rows
    const source = first && this.#sources.get(first.source)
    if (!source) return
    const { user_id } = first
    const [wishes, devices, texts, badge, { name }] = await Promise.all([
      preferences.of(user_id),
      subscriptions.of(user_id),
      source.texts(
        user_id,
        rows.map((row) => row.subject_id),
      ),
      notifications.unreadCount(user_id),
      community.instance(),
    ])
    const byId = new Map(devices.map((device) => [device.subscription_id, device]))
    const now = clock.now()
    const quiet = quietUntil(wishes, now)
    const scene = { source, wishes, quiet, badge: quiet ? 0 : badge, community: name, now }
    await Promise.all(
      rows.map((row) => this.#show(row, byId.get(row.subscription_id), texts.get(row.subject_id), scene)),
    )
  }

  async #show(
    row: queue.QueueRow,
    device: SubscriptionRow | undefined,
    text: PushText | undefined,
    scene: Scene,
  ): Promise<void> {
    const { db } = this.#deps
    const { source, wishes, quiet, now } = scene
    const wanted = text && wishes.kinds[text.kind].push ? text : undefined
    if (!device) return queue.dropRow(db.query, row)
    if (!wanted)
      return row.shown_at && takesAway(device)
        ? this.#close(row, device, scene)
        : queue.dropRow(db.query, row)
    const isShown = row.shown_at !== null
    if (!isShown && now - row.created_at.getTime() > FRESH_MS) return queue.dropRow(db.query, row)
    if (isShown && row.shown_version === wanted.version) return queue.settleRow(db.query, row)
    // Versions of what is told aloud rise: one that fell has lost its newest part, which is no news.
    const quietly = isShown && (source.again === 'quietly' || wanted.version < (row.shown_version ?? ''))
    if (quiet !== undefined) return queue.postpone(db.query, row, new Date(quiet), row.attempts)
    const note: PushNote = {
      action: 'show',
      tag: tagOf(row),
      title: wanted.title || scene.community,
      body: cut(wanted.body),
      url: wanted.url,
      badge: scene.badge,
      ...(quietly ? { quiet: true } : {}),
    }
    await this.#send(row, device, note, () => queue.markShown(db.query, row, wanted.version, new Date(now)))
  }

  #close(row: queue.QueueRow, device: SubscriptionRow, { badge }: Scene): Promise<void> {
    const note: PushNote = { action: 'close', tag: tagOf(row), title: '', body: '', url: '/', badge }
    return this.#send(row, device, note, () => queue.dropRow(this.#deps.db.query, row))
  }

  async #send(
    row: queue.QueueRow,
    device: SubscriptionRow,
    note: PushNote,
    done: () => Promise<void>,
  ): Promise<void> {
    const { db, clock, push, subscriptions, logger } = this.#deps
    const urgency = row.lane === LANES.high ? 'high' : 'normal'
    const outcome = await push.send(targetOfRow(device), note, { urgency, ttl: FRESH_MS / 1000 })
    switch (outcome.status) {
      case 'taken':
        if (this.#failing.delete(row.host)) await queue.releaseHost(db.query, row.host, new Date(clock.now()))
        return done()
      case 'gone':
        return subscriptions.remove(device)
      case 'refused':
        logger.warn({ host: row.host, reason: outcome.reason }, 'a push was refused')
        return queue.dropRow(db.query, row)
      case 'later': {
        this.#failing.add(row.host)
        const hold = await queue.holdHost(db.query, row.host, outcome.afterMs, new Date(clock.now()))
        if (row.attempts + 1 >= TRIES) return queue.dropRow(db.query, row)
        return queue.postpone(db.query, row, hold, row.attempts + 1)
      }
    }
  }
}

interface Scene {
  source: PushSource
  wishes: NoticePreferences
  /** When quiet mode ends that is on. */
  quiet: number | undefined
  /** None is shown in quiet mode. */
  badge: number
  community: string
  now: number
}

/** Safari counts a push that shows nothing against the site, and takes its leave away after three. */
const takesAway = ({ host }: SubscriptionRow): boolean => host !== 'web.push.apple.com'

const tagOf = ({ subject_id }: { subject_id: string; user_id: UserId }): string =>
  subject_id.replaceAll('-', '')

const LONGEST = 240
const cut = (text: string): string => excerptOf(text.replace(/\s+/g, ' ').trim(), LONGEST)
