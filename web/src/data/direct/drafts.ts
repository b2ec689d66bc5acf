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

/** What another member left in this browser is nobody's business. */
function read(): { owner: string; drafts: Drafts } {
  const owner = ownerNow()
  try {
    const stored = JSON.parse(readStored('tintype.drafts') ?? 'null') as {
      owner: string
      drafts: Drafts
    } | null
    if (stored?.owner === owner) return stored
  } catch {
    // What cannot be read is as good as nothing.
  }
  return { owner, drafts: {} }
}

const kept = createCell<{ owner: string; drafts: Drafts } | null>(null)

function known(): Drafts {
  const now = kept.get()
  if (now?.owner === ownerNow()) return now.drafts
  const stored = read()
  kept.set(stored)
  return stored.drafts
}

export const draftOf = (id: ConversationId): MessageDraft => known()[id] ?? none

/** Stays with its conversation, over a reload as well; an empty one is none. */
export function keepDraft(id: ConversationId, draft: MessageDraft): void {
  const { [id]: _, ...others } = known()
  const drafts: Drafts = draft.text || draft.reply_to ? { ...others, [id]: draft } : others
  kept.set({ owner: ownerNow(), drafts })
  writeStored('tintype.drafts', Object.keys(drafts).length > 0 ? JSON.stringify(kept.get()) : null)
}

export const useDraft = (id: ConversationId): MessageDraft =>
  useCell(kept, kept.get)?.drafts[id] ?? draftOf(id)

/** Nothing of the member stays. */
export function forgetDrafts(): void {
  kept.set(null)
  writeStored('tintype.drafts', null)
}
