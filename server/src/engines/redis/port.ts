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

/** One set of connections to Redis, for all that this process keeps there. */
export interface RedisConnection extends AsyncDisposable {
  /** What keys and channels begin with: one Redis may serve several communities. */
  readonly prefix: string
  /** Fails at once while there is no connection. */
  readonly commands: Redis | Cluster
  /** Sends to whoever listens on this channel, in the order of the calls. */
  publish(channel: string, text: string): Promise<void>
  listen(channel: string, ears: RedisEars): Promise<RedisListener>
  ping(): Promise<void>
}
