import type { SharedKind } from '@tintype/contract'
import { createCell, useCell } from '../kit/cell.ts'

/** What a member wants to send to somebody. */
export interface SendRequest {
  kind: SharedKind
  /** Of a member the `user_id`. */
  id: string
  /** Path of its page, for the link. */
  address: string
  title: string
}

const request = createCell<SendRequest | null>(null)

/** Asks from anywhere whom to send a post, a story or a profile to. */
export const openSendTo = (what: SendRequest): void => request.set(what)
export const closeSendTo = (): void => request.set(null)
/** Null while nobody wants to send anything. */
export const useSendRequest = (): SendRequest | null => useCell(request, () => null)
