import type { ConversationId, MessageId } from '@tintype/contract'
import { createCell, useCell } from '../../kit/cell.ts'
import { meQuery } from '../member.ts'
import { queryClient } from '../query-client.ts'
import { readStored, writeStored } from '../storage.ts'

/** What is being written in a conversation. */
export interface MessageDraft {
  text: string
  reply_to: MessageId | null
}
type Drafts = Readonly<Record<ConversationId, MessageDraft>>

const ownerNow = () => queryClient.getQueryData(meQuery.queryKey)?.user_id ?? ''
const none: MessageDraft = { text: '', reply_to: null }

/** By member: what another one left in this browser is nobody's business. */
type AllDrafts = Readonly<Record<string, Drafts>>

function stored(): AllDrafts {
  try {
    return (JSON.parse(readStored('tintype.drafts') ?? 'null') as AllDrafts | null) ?? {}
  } catch {
    // What cannot be read is as good as nothing.
    return {}
  }
}

function store(owner: string, drafts: Drafts): void {
  const { [owner]: _, ...others } = stored()
  const all = Object.keys(drafts).length > 0 ? { ...others, [owner]: drafts } : others
  writeStored('tintype.drafts', Object.keys(all).length > 0 ? JSON.stringify(all) : null)
}

const kept = createCell<{ owner: string; drafts: Drafts } | null>(null)

function known(): Drafts {
  const now = kept.get()
  if (now?.owner === ownerNow()) return now.drafts
  const owner = ownerNow()
  const drafts = stored()[owner] ?? {}
  kept.set({ owner, drafts })
  return drafts
}

export const draftOf = (id: ConversationId): MessageDraft => known()[id] ?? none

/** Stays with its conversation, over a reload as well; an empty one is none. */
export function keepDraft(id: ConversationId, draft: MessageDraft): void {
  const { [id]: _, ...others } = known()
  const drafts: Drafts = draft.text || draft.reply_to ? { ...others, [id]: draft } : others
  kept.set({ owner: ownerNow(), drafts })
  store(ownerNow(), drafts)
}

export const useDraft = (id: ConversationId): MessageDraft =>
  useCell(kept, kept.get)?.drafts[id] ?? draftOf(id)

/** Nothing of the member stays, or of anybody. */
export function forgetDrafts(owner?: string): void {
  kept.set(null)
  if (owner === undefined) writeStored('tintype.drafts', null)
  else store(owner, {})
}
