/**
 * Fire-and-forget to every process that listens right now, the sender included: cache invalidation and sockets. What must
 * not be lost goes through the EventLog. Messages are JSON-like; any size.
 */
export interface Broadcast {
  /**
   * Whether what is published reached this process lately: false within six seconds of the moment from which it does not, however the
   * connection failed, and true again once it does.
   */
  readonly isHearing: boolean
  /** Settles within two seconds whatever happens; rejects with `unavailable` where the others may not hear of it. */
  publish(channel: string, message: unknown): Promise<void>
  subscribe(channel: string, handler: (message: unknown) => void): Promise<AsyncDisposable>
  /** Runs before each message: what `run` publishes reaches every process before that does. */
  beforePublish(run: () => void): void
  /**
   * Runs after a connection loss during which messages may have been missed, and every two seconds while this process is not hearing: drop what
   * depended on them. So nobody believes for longer than that what others have changed.
   */
  onGap(handler: () => void): void
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
