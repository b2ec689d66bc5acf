export interface EntryOptions {
  /** Seconds that an entry lives from when it was set or loaded. */
  ttl: number
  /**
   * Remembers as well of which ids a load found nothing, for `ttl` seconds and of the last `most` of them, which take no room of the
   * entries': so what does not exist is answered as fast as what may not be seen. Whoever makes something calls `del` of its id.
   */
  absence?: { ttl: number; most: number }
}

/** Entries of one kind, by id. Values are JSON-like, or bytes, and are not to be changed after `set` or `get`. */
export interface Entries<Id extends string, Value> {
  get(id: Id): Promise<Value | undefined>
  set(id: Id, value: Value): Promise<void>
  del(ids: readonly Id[]): Promise<void>
  /**
   * A `del` by someone who knows what has become of the values: what is kept may stay, as `change` answers it (undefined: it goes), for
   * the rest of its time. Another handle, or this one, may as well have nothing; never what was before.
   */
  amend(ids: readonly Id[], change: (value: Value) => Value | undefined): Promise<void>
  /**
   * Reads, or loads and keeps: however many ask for one id at once, `load` runs once in a process (no stampede).
   * A `del` of the id while `load` runs keeps its result out of the cache.
   */
  through(id: Id, load: () => Promise<Value>): Promise<Value>
  /**
   * Reads many, loads the absent ones in one call of `load` (answering what exists; what does not is asked again next
   * time unless `absence` says otherwise), keeps and answers them, in the order asked; undefined where there is nothing. The same rule on `del` holds per id.
   */
  throughMany(
    ids: readonly Id[],
    load: (missing: Id[]) => Promise<ReadonlyMap<Id, Value>>,
  ): Promise<(Value | undefined)[]>
}

/** Everything in it may vanish at any moment. */
export interface Cache {
  /**
   * The entries of one kind, such as `post`; whoever asks for a kind, through whichever handle, gets the same. Kinds are few and are named
   * once: a key joined of kind and id for each of the sixty look-ups of a feed page cost a third of the page.
   */
  entries<Id extends string, Value>(kind: string, options: EntryOptions): Entries<Id, Value>
  /** Drops every entry. */
  clear(): Promise<void>
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
