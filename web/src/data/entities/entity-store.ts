import { sameJson } from './same-json.ts'
import type { Ids, Kind, Tables } from './types.ts'

/** Turns the truth into what is shown while an intent is on its way; undefined hides the thing. Must be idempotent. */
export type Layer<K extends Kind> = (entity: Tables[K]) => Tables[K] | undefined
type AnyLayer = (entity: Tables[Kind]) => Tables[Kind] | undefined
type Listener = () => void

/**
 * The one place where things live. What the server said is the base; each optimistic intent is a named layer above
 * it. Truth that arrives meanwhile goes into the base and does not wipe the layer; dropping the layer is the
 * rollback. So nothing has to remember an "old value" that may be old by then.
 */
export class EntityStore {
  readonly #base = new Map<string, Tables[Kind]>()
  readonly #layers = new Map<string, Map<string, AnyLayer>>()
  readonly #views = new Map<string, Tables[Kind] | undefined>()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #membershipListeners = new Set<Listener>()
  #membership = 0

  get<K extends Kind>(kind: K, id: Ids[K]): Tables[K] | undefined {
    const key = keyOf(kind, id)
    if (!this.#views.has(key)) this.#views.set(key, this.#compute(key))
    return this.#views.get(key) as Tables[K] | undefined
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
    if (known && sameFields(known, next)) return
    this.#base.set(key, next)
    this.#changed(key)
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
    if (this.#base.delete(key)) this.#changed(key)
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
    for (const key of keys) this.#changed(key)
  }

  subscribe<K extends Kind>(kind: K, id: Ids[K], listener: Listener): () => void {
    const key = keyOf(kind, id)
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(key)
    }
  }

  /** Rises whenever something appears or goes; what lists watch. */
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

  #changed(key: string): void {
    const was = this.#views.get(key)
    const is = this.#compute(key)
    this.#views.set(key, is)
    if (was === is) return
    for (const listener of this.#listeners.get(key) ?? []) listener()
    if ((was === undefined) === (is === undefined)) return
    this.#membership += 1
    for (const listener of this.#membershipListeners) listener()
  }
}

const keyOf = (kind: Kind, id: string): string => `${kind}:${id}`

const sameFields = (a: object, b: object): boolean => {
  const entries = Object.entries(b)
  return (
    entries.length === Object.keys(a).length &&
    entries.every(([name, value]) => Reflect.get(a, name) === value)
  )
}
