import { clearOffline } from './offline-feed.ts'
import { forgetMember, showMember } from './shown-member.ts'

export type EndReason = 'expired' | 'logged-out' | 'deleted'
type Listener = (reason: EndReason) => void

const listeners = new Set<Listener>()

/** Called when the session is over, for whatever reason. Returns the way to stop. */
export function onSessionEnd(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Forgets everything of the member on this device, then tells who listens. */
export function endSession(reason: EndReason): void {
  forgetMember()
  showMember(undefined)
  void clearOffline()
  for (const listener of listeners) listener(reason)
}
