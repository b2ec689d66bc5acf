import { sameJson } from './same-json.ts'
import type { Ids, Kind, Tables } from './types.ts'

/** Turns the truth into what is shown while an intent is on its way; undefined hides the thing. Must be idempotent. */
export type Layer<K extends Kind> = (entity: Tables[K]) => Tables[K] | undefined
type AnyLayer = (entity: Tables[Kind]) => Tables[Kind] | undefined
type Listener = () => void

/** Things that are kept whether or not they are needed, the most recently used. */
const ROOM = 600
/** A sweep looks at all of them, so it waits until so many more have come. */
const SLACK = 200
const kinds: readonly Kind[] = ['users', 'posts', 'comments', 'stories', 'conversations', 'messages']

/**
 * The one place where things live. What the server said is the base; each optimistic intent is a named layer above
 * it. Truth that arrives meanwhile goes into the base and does not wipe the layer; dropping the layer is the
 * rollback. So nothing has to remember an "old value" that may be old by then.
 *
 * It keeps what is watched by a screen, has an intent on its way, or is named by a source of `keep`, and of the rest
 * the last used. What it lets go of is not gone: lists go on naming it, and `useListed` reads it again.
 */
export class EntityStore {
  /** The least recently used first. */
  readonly #base = new Map<string, Tables[Kind]>()
  readonly #gone = new Set<string>()
  readonly #sources = new Set<() => Iterable<string>>()
  #sweepAt = ROOM + SLACK
  readonly #layers = new Map<string, Map<string, AnyLayer>>()
  readonly #views = new Map<string, Tables[Kind]>()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #membershipListeners = new Set<Listener>()
  #membership = 0

  get<K extends Kind>(kind: K, id: Ids[K]): Tables[K] | undefined {
    const key = keyOf(kind, id)
    return this.#views.get(key) as Tables[K] | undefined
  }

  /** What the server said last, without what is still on its way. */
  truth<K extends Kind>(kind: K, id: Ids[K]): Tables[K] | undefined {
    return this.#base.get(keyOf(kind, id)) as Tables[K] | undefined
  }

  /** What the server said: fields given replace those known, others stay. */
  merge<K extends Kind>(kind: K, id: Ids[K], fields: Partial<Tables[K]>): void {
    const key = keyOf(kind, id)
    const known = this.#base.get(key)
    const next = { ...known, ...fields } as Tables[K]
    for (const name of Object.keys(fields) as (keyof Tables[K])[]) {
      // Same content keeps its old reference, so that nobody draws again for it.
      const old = (known as Tables[K] | undefined)?.[name]
      if (old !== undefined && sameJson(old, next[name])) next[name] = old
    }
    if (known) this.#touch(key)
    if (known && sameFields(known, next)) return
    this.#base.set(key, next)
    this.#changed(key)
    if (this.#base.size > this.#sweepAt) this.#sweep()
  }

  /** Fields alone do not make a thing: where it is not kept, the next reply has them. */
  patch<K extends Kind>(kind: K, id: Ids[K], fields: Partial<Tables[K]>): void {
    if (this.#base.has(keyOf(kind, id))) this.merge(kind, id, fields)
  }

  /** Puts an intent above the truth, in place of the one of the same name. */
  overlay<K extends Kind>(kind: K, id: Ids[K], name: string, layer: Layer<K>): void {
    const key = keyOf(kind, id)
    const layers = this.#layers.get(key) ?? new Map<string, AnyLayer>()
    layers.set(name, layer as unknown as AnyLayer)
    this.#layers.set(key, layers)
    this.#changed(key)
  }

  /** Takes an intent away: it failed, or its outcome (`truth`) is known. */
  settle<K extends Kind>(kind: K, id: Ids[K], name: string, truth?: Partial<Tables[K]>): void {
    const key = keyOf(kind, id)
    const layers = this.#layers.get(key)
    layers?.delete(name)
    if (layers?.size === 0) this.#layers.delete(key)
    if (truth && this.#base.has(key)) this.#base.set(key, { ...this.#base.get(key), ...truth } as Tables[K])
    this.#changed(key)
  }

  /** It is gone: lists that hold its id skip it. */
  remove<K extends Kind>(kind: K, id: Ids[K]): void {
    const key = keyOf(kind, id)
    this.#layers.delete(key)
    this.#base.delete(key)
    this.#changed(key, true)
  }

  /** Whether it has ceased to exist, or is hidden by an intent; not whether it is just not kept. */
  isGone<K extends Kind>(kind: K, id: Ids[K]): boolean {
    return this.#gone.has(keyOf(kind, id))
  }

  /** Ids that something besides screens and intents needs, whatever they are of. */
  keep(source: () => Iterable<string>): void {
    this.#sources.add(source)
  }

  get size(): number {
    return this.#base.size
  }

  /** Ids of a kind whose entity passes. */
  find<K extends Kind>(kind: K, test: (entity: Tables[K]) => boolean): Ids[K][] {
    const prefix = `${kind}:`
    return [...this.#base.entries()]
      .filter(([key, entity]) => key.startsWith(prefix) && test(entity as Tables[K]))
      .map(([key]) => key.slice(prefix.length) as Ids[K])
  }

  clear(): void {
    const keys = [...this.#base.keys()]
    this.#base.clear()
    this.#layers.clear()
    this.#gone.clear()
    this.#sweepAt = ROOM + SLACK
    for (const key of keys) this.#changed(key)
    this.#membershipChanged()
  }

  subscribe<K extends Kind>(kind: K, id: Ids[K], listener: Listener): () => void {
    const key = keyOf(kind, id)
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      this.#listeners.delete(key)
      this.#touch(key)
    }
  }

  /** Rises whenever something ceases to exist or is there again; what lists watch. */
  readonly membership = (): number => this.#membership
  readonly subscribeMembership = (listener: Listener): (() => void) => {
    this.#membershipListeners.add(listener)
    return () => this.#membershipListeners.delete(listener)
  }

  #compute(key: string): Tables[Kind] | undefined {
    let entity = this.#base.get(key)
    for (const layer of this.#layers.get(key)?.values() ?? []) entity = entity && layer(entity)
    return entity
  }

  #changed(key: string, isRemoved = false): void {
    const was = this.#views.get(key)
    const is = this.#compute(key)
    if (is === undefined) this.#views.delete(key)
    else this.#views.set(key, is)
    if (was !== is) for (const listener of this.#listeners.get(key) ?? []) listener()
    const wasGone = this.#gone.has(key)
    const isGone = isRemoved || (this.#base.has(key) ? is === undefined : wasGone)
    if (isGone === wasGone) return
    if (isGone) this.#gone.add(key)
    else this.#gone.delete(key)
    this.#membershipChanged()
  }

  #membershipChanged(): void {
    this.#membership += 1
    for (const listener of this.#membershipListeners) listener()
  }

  #touch(key: string): void {
    const entity = this.#base.get(key)
    if (entity && this.#base.delete(key)) this.#base.set(key, entity)
  }

  #sweep(): void {
    const kept = new Set([...this.#listeners.keys(), ...this.#layers.keys()])
    for (const source of this.#sources)
      for (const id of source())
        for (const kind of kinds) if (this.#base.has(keyOf(kind, id))) kept.add(keyOf(kind, id))
    for (const key of [...this.#base.keys()].reverse()) {
      if (kept.size >= ROOM) break
      kept.add(key)
    }
    // What is kept is shown with its members.
    for (const key of [...kept]) {
      const entity = this.#base.get(key)
      for (const { user_id } of entity ? peopleOf(entity) : []) kept.add(keyOf('users', user_id ?? ''))
    }
    for (const key of this.#base.keys()) {
      if (kept.has(key)) continue
      this.#base.delete(key)
      this.#views.delete(key)
    }
    this.#sweepAt = Math.max(ROOM, this.#base.size) + SLACK
  }
}

const peopleOf = (entity: Tables[Kind]) => ('members' in entity ? entity.members : [entity])

const keyOf = (kind: Kind, id: string): string => `${kind}:${id}`

const sameFields = (a: object, b: object): boolean => {
  const entries = Object.entries(b)
  return (
    entries.length === Object.keys(a).length &&
    entries.every(([name, value]) => Reflect.get(a, name) === value)
  )
}
