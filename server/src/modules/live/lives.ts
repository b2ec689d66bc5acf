import { type Body, type LiveId, liveLimits, type Routes, TintypeError, type UserId } from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import type { LiveDeps } from './deps.ts'
import * as store from './live-store.ts'
import type { LiveReader } from './reader.ts'
import type { Recording } from './recording.ts'

type LivesDeps = Pick<LiveDeps, 'db' | 'outbox' | 'clock' | 'words' | 'live'> & {
  reader: LiveReader
  recording: Pick<Recording, 'drop'>
  /** Sends to a live of this process nothing more. */
  close(id: LiveId): void
}

/** Ids are looked at again this much later than grace and signs of life allow: processes' clocks differ. */
const QUIET_SECONDS = 2 * liveLimits.grace

/** A live, from when it is opened to when it is deleted. `waiting → live → ended`; never back. */
export class Lives {
  readonly #deps: LivesDeps

  constructor(deps: LivesDeps) {
    this.#deps = deps
  }

  /** Rejects with `live_open_already`. */
  async open(hostId: UserId, body: Body<Routes['live']['create']>, reservedId?: string): Promise<LiveId> {
    const { db, outbox, clock, words, live, reader } = this.#deps
    if (!live) throw new TintypeError('live_off')
    const { title = '', audience, source = 'browser' } = body
    await words.assertFree(title)
    const live_id = (reservedId as LiveId | undefined) ?? newId<LiveId>(clock)
    const row = { live_id, host_id: hostId, title, audience, source, now: new Date(clock.now()) }
    const isMade = await db.tx(async (tx) => {
      if (!(await store.insertLive(tx, row))) return false
      await outbox.append(tx, [{ type: 'live.opened', payload: { live_id, host_id: hostId } }])
      return true
    })
    if (isMade) return live_id
    const own = reservedId ? await reader.record(live_id) : undefined
    if (own?.host_id === hostId) return live_id
    throw new TintypeError('live_open_already')
  }

  async change(hostId: UserId, id: LiveId, changes: Body<Routes['live']['update']>): Promise<void> {
    const { db, outbox, reader, words } = this.#deps
    await reader.findOwn(hostId, id)
    if (changes.title) await words.assertFree(changes.title)
    const isChanged = await db.tx(async (tx) => {
      if (!(await store.changeLive(tx, id, changes))) return false
      await outbox.append(tx, [{ type: 'live.changed', payload: { live_id: id, host_id: hostId } }])
      return true
    })
    if (!isChanged) throw new TintypeError('live_ended')
  }

  /** A source begins to send. Answers which one it is, from 0. */
  async begin(id: LiveId) {
    const { db, clock } = this.#deps
    const begun = await db.tx((tx) => store.beginRun(tx, id, new Date(clock.now())))
    if (!begun) throw new TintypeError('live_ended')
    return begun
  }

  /** Something can be watched: once. */
  async start(id: LiveId): Promise<void> {
    const { db, outbox, clock, reader } = this.#deps
    const live = await reader.record(id)
    if (!live) return
    await db.tx(async (tx) => {
      if (!(await store.setStarted(tx, id, new Date(clock.now())))) return
      await outbox.append(tx, [{ type: 'live.started', payload: { live_id: id, host_id: live.host_id } }])
    })
  }

  /** By its host, or because of its source. Twice is once. */
  async end(id: LiveId): Promise<void> {
    const { db, outbox, clock, close } = this.#deps
    await db.tx(async (tx) => {
      const host_id = await store.setEnded(tx, id, new Date(clock.now()))
      if (host_id) await outbox.append(tx, [{ type: 'live.ended', payload: { live_id: id, host_id } }])
    })
    close(id)
  }

  /** Its host has gone out of view. */
  async endOpenOf(hostId: UserId): Promise<void> {
    const id = await store.openLiveOf(this.#deps.db.query, hostId)
    if (id) await this.endOrForget(id)
  }

  /** What was never begun leaves nothing behind. */
  async endOrForget(id: LiveId): Promise<void> {
    await this.end(id)
    const live = await this.#deps.reader.record(id)
    if (live && live.started_at === null) await this.delete(live)
  }

  /** Ends those that nobody feeds any more: their process has died, or they were opened and forgotten. */
  async endUnfed(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const before = (seconds: number) => new Date(clock.now() - seconds * 1000)
    const ids = await store.unfedLives(db.query, before(QUIET_SECONDS), before(liveLimits.waiting))
    for (const id of ids) {
      signal.throwIfAborted()
      await this.endOrForget(id)
    }
  }

  async delete(live: Pick<store.LiveRecord, 'live_id' | 'host_id'>): Promise<void> {
    const { db, outbox, recording } = this.#deps
    const { live_id, host_id } = live
    await this.end(live_id)
    const runs = await recording.drop(live_id)
    await db.tx(async (tx) => {
      await store.deleteLive(tx, live)
      await outbox.append(tx, [{ type: 'live.deleted', payload: { live_id, host_id } }])
    })
    // What the process that was fed it stored meanwhile.
    await recording.drop(live_id, runs)
  }

  async deleteAllOf(hostId: UserId, signal: AbortSignal): Promise<void> {
    const { db } = this.#deps
    for (;;) {
      const ids = await store.livesOf(db.query, hostId, { limit: 50 })
      for (const live_id of ids) await this.delete({ live_id, host_id: hostId })
      if (ids.length === 0) return
      signal.throwIfAborted()
    }
  }
}
