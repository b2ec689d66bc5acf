import type { Cluster, Redis } from 'ioredis'

export interface RedisEars {
  onText(text: string): void
  /** It listens again after a connection was lost: messages may have been missed. */
  onGap(): void
  onError(error: unknown): void
}

export interface RedisListener extends AsyncDisposable {
  /** The connection seems to be there and is not: begins again. */
  renew(): void
}

/** Runs on the node that has the key, in one atomic step. */
export type RedisScript = (key: string, ...given: readonly (string | number | Buffer)[]) => Promise<unknown>

/** One set of connections to Redis, for all that this process keeps there. */
export interface RedisConnection extends AsyncDisposable {
  /** What keys and channels begin with: one Redis may serve several communities. */
  readonly prefix: string
  /** Fails at once while there is no connection. */
  readonly commands: Redis | Cluster
  /** The same for what somebody waits for: where nobody answers, nothing is asked for a while (`unavailable`). */
  ask<T>(question: (commands: Redis | Cluster) => Promise<T>): Promise<T>
  /** A script in Lua of one key; sent once to each node, and known by its name from then on. */
  script(name: string, lua: string): RedisScript
  /** Sends to whoever listens on this channel, in the order of the calls. */
  publish(channel: string, text: string): Promise<void>
  listen(channel: string, ears: RedisEars): Promise<RedisListener>
  ping(): Promise<void>
}
