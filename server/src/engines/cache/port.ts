export interface CacheOptions {
  /** Seconds. */
  ttl: number
}

export interface TokenGrant {
  granted: boolean
  /** Whole tokens left. */
  remaining: number
  /** Seconds until one token is there again (0 when granted), and until the bucket is full. */
  retryAfter: number
  resetAfter: number
}

/** Everything in it may vanish at any moment. Values are JSON-like and are not to be changed after `set` or `get`. */
export interface Cache {
  get<T>(key: string): Promise<T | undefined>
  /** In the order asked; undefined where absent. */
  getMany<T>(keys: readonly string[]): Promise<(T | undefined)[]>
  set<T>(key: string, value: T, options: CacheOptions): Promise<void>
  setMany<T>(entries: readonly (readonly [key: string, value: T])[], options: CacheOptions): Promise<void>
  del(keys: readonly string[]): Promise<void>
  /** Adds to a counter that starts at 0 and lives `ttl` seconds from its first use; answers the new value. Atomic. */
  incr(key: string, by: number, options: CacheOptions): Promise<number>
  /** Token bucket of `burst` tokens, refilled evenly over `per` seconds. Atomic. */
  takeToken(key: string, bucket: { burst: number; per: number }): Promise<TokenGrant>
  /**
   * Reads, or loads and keeps: however many ask for one key at once, `load` runs once in a process (no stampede).
   * A `del` of the key while `load` runs keeps its result out of the cache.
   */
  through<T>(key: string, options: CacheOptions, load: () => Promise<T>): Promise<T>
  /**
   * Reads many, loads the absent ones in one call of `load` (answering what exists; what does not is asked again next
   * time), keeps and answers them, in the order asked; undefined where there is nothing. The same rule on `del` holds per key.
   */
  throughMany<T>(
    keys: readonly string[],
    options: CacheOptions,
    load: (missing: string[]) => Promise<Map<string, T>>,
  ): Promise<(T | undefined)[]>
  /** Drops everything (tests and the benchmark's cold runs). */
  clear(): Promise<void>
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
