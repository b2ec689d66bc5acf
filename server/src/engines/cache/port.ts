import type { Events, EventType } from '@tintype/contract'
import type { NewEvent } from '../outbox/port.ts'

/** Facts of some types, and of which ids they are news. What a payload does not say may be looked up. */
export interface News<Id extends string> {
  types: readonly EventType[]
  ids(payload: unknown): readonly Id[] | Promise<readonly Id[]>
}

/** `on(['post.edited', 'post.deleted'], (e) => [e.post_id])` */
export const on = <const T extends EventType, Id extends string>(
  types: readonly T[],
  ids: (payload: Events[T]) => readonly Id[] | Promise<readonly Id[]>,
): News<Id> => ({ types, ids: (payload) => ids(payload as Events[T]) })

export interface EntryOptions {
  /** Seconds that an entry lives from when it was set or loaded. */
  ttl: number
  /**
   * Remembers as well of which ids a load found nothing, for `ttl` seconds and of the last `most` of them, which take no room of the
   * entries': so what does not exist is answered as fast as what may not be seen.
   */
  absence?: { ttl: number; most: number }
  /**
   * Whether what one process has loaded is kept for the others, where there is a place for that: for values that many processes ask
   * for and that cost more to load than a trip. Then they are plain data: nothing hangs on them, and no function.
   */
  shared?: boolean
}

export interface KindOptions<Id extends string> extends EntryOptions {
  /** The facts that make it forget, values and absences alike; see `Cache.hear`. */
  forgets?: readonly News<Id>[]
}

/**
 * Entries of one kind, by id. Values are JSON-like, or bytes, and are not to be changed after they were given or answered. Until something
 * makes an entry forget, one process gets the very same object each time, so what is made of it may hang on it.
 */
export interface Entries<Id extends string, Value> {
  /** What this process has; loads nothing. */
  get(id: Id): Promise<Value | undefined>
  /**
   * Reads, or loads and keeps: however many ask for one id at once, `load` runs once in a process (no stampede).
   * What is forgotten while `load` runs is kept out of the cache.
   */
  through(id: Id, load: () => Promise<Value>): Promise<Value>
  /**
   * Reads many, loads the absent ones in one call of `load` (answering what exists; what does not is asked again next
   * time unless `absence` says otherwise), keeps and answers them, in the order asked; undefined where there is nothing.
   * The same rule on forgetting holds per id.
   */
  throughMany(
    ids: readonly Id[],
    load: (missing: Id[]) => Promise<ReadonlyMap<Id, Value>>,
  ): Promise<(Value | undefined)[]>
}

/** The same for whoever derives the values, and so knows by itself what has become of them. */
export interface DerivedEntries<Id extends string, Value> extends Entries<Id, Value> {
  set(id: Id, value: Value): Promise<void>
  /** `onlyHere`: other processes are not told, for they hear of it by themselves. */
  del(ids: readonly Id[], options?: { onlyHere: boolean }): Promise<void>
  /**
   * A `del` by someone who knows what has become of the values: what is kept may stay, as `change` answers it (undefined: it goes), for
   * the rest of its time. Another handle, or this one, may as well have nothing; never what was before.
   */
  amend(ids: readonly Id[], change: (value: Value) => Value | undefined): Promise<void>
}

/** Ids that facts were about a moment ago, as far as this process heard them. */
export interface Marks<Id extends string> {
  has(id: Id): Promise<boolean>
}

/** What holds the entries. Everything in it may vanish at any moment. */
export interface CacheStore {
  /**
   * The entries of one kind, such as `post`; whoever asks for a kind, through whichever handle, gets the same. Kinds are few and are named
   * once: a key joined of kind and id for each of the sixty look-ups of a feed page cost a third of the page.
   */
  entries<Id extends string, Value>(kind: string, options: EntryOptions): DerivedEntries<Id, Value>
  /** Drops every entry. */
  clear(): Promise<void>
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What modules see of it. A use case deletes no entry: each kind says itself which facts make it forget. */
export interface Cache extends Omit<CacheStore, 'entries'> {
  /** Look-ups of what the database holds. */
  entries<Id extends string, Value>(kind: string, options: KindOptions<Id>): Entries<Id, Value>
  /** What a module derives (counts, merged lists) and drops where it derives it anew. */
  derived<Id extends string, Value>(kind: string, options: KindOptions<Id>): DerivedEntries<Id, Value>
  /** Keeps the ids of which there was news for `ttl` seconds. */
  marks<Id extends string>(kind: string, options: { ttl: number; by: readonly News<Id>[] }): Marks<Id>
  /**
   * These facts are committed. When this resolves, every kind has forgotten here what it says it forgets by them; other processes forget
   * within a broadcast's time (tens of milliseconds), and one that may have missed it drops everything. The outbox tells it before whoever
   * made the facts is answered, and a consumer once more, should the process have died in between.
   */
  hear(facts: readonly NewEvent[]): Promise<void>
  /**
   * The same without a word to other processes. The event log tells it what it has read before it hands that to a consumer here, which
   * may else act on what was so before the fact: it can be quicker than the broadcast, and than the writer's own hearing.
   */
  hearHere(facts: readonly NewEvent[]): Promise<void>
  /** Of the facts that some kind wants to hear of. */
  readonly heard: readonly EventType[]
}

/**
 * Values that all processes share, by key, for a cache over them: bytes, never functions or objects. Everything may vanish at any moment.
 */
export interface SharedValues extends AsyncDisposable {
  /** In the order asked. */
  get(keys: readonly string[]): Promise<(Uint8Array | undefined)[]>
  /** Keeps those whose key has no value and was not deleted within the last `DELETED_FOR` seconds, each for `ttl` seconds. */
  set(values: ReadonlyMap<string, Uint8Array>, ttl: number): Promise<void>
  /** Deletes, and keeps what was read before from being set after it. Rejects where it may not have been done. */
  del(keys: readonly string[]): Promise<void>
  ping(): Promise<void>
}

/** Longer than what is set may have been read before: no statement takes as long. */
export const DELETED_FOR = 20
