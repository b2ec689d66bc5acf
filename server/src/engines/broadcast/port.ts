/**
 * Fire-and-forget to every process that listens right now, the sender included: cache invalidation and sockets. What must
 * not be lost goes through the EventLog. Messages are JSON-like; any size.
 */
export interface Broadcast {
  publish(channel: string, message: unknown): Promise<void>
  subscribe(channel: string, handler: (message: unknown) => void): Promise<AsyncDisposable>
  /** Runs after a connection loss during which messages may have been missed: drop what depended on them. */
  onGap(handler: () => void): void
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
