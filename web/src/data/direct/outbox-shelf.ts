import type { ConversationId, MessageId, MessageLife, UserId } from '@tintype/contract'
import { clear, createStore, del, entries, get, set } from 'idb-keyval'

export interface OutgoingPhoto {
  /** Of its kind by its bytes, whatever its name says. */
  file: Blob
  name: string
  /** Of the upright picture; undefined where this browser cannot tell. */
  size: { width: number; height: number } | undefined
  /** For those who cannot see it; left out where nobody described it. */
  alt_text?: string
}

/** A message as it waits in this browser until the server has it. */
export interface Outgoing {
  /** Of this browser's making; the server makes one message of it, however often it is sent. */
  client_message_id: string
  /** Whose it is; others on this device never see it, and never send it. */
  owner_id: UserId
  conversation_id: ConversationId
  text: string | null
  reply_to: MessageId | null
  photos: readonly OutgoingPhoto[]
  /** What was said, where it is a voice note. */
  voice?: Blob
  /** How long photos are seen: until they were looked at, or for a day; null: they stay. */
  expires: MessageLife | null
  /** Milliseconds since 1970, by this device's clock: for the order here alone. */
  written_at: number
  /** Why the server will not take it; null while it may go out by itself. */
  refusal: string | null
}

const store = () => createStore('tintype-outbox', 'messages')

/** As the keys of the store are sorted, so are the messages. */
const keyOf = ({ written_at, client_message_id }: Outgoing): string =>
  `${String(written_at).padStart(16, '0')}:${client_message_id}`

/**
 * Messages in IndexedDB, photos and all, so that a page that is left or a phone that goes dark loses none. Where the browser keeps
 * nothing (private windows, a full disk) they wait in the page alone.
 */
export const outboxShelf = {
  put: (message: Outgoing): Promise<void> => quietly(() => set(keyOf(message), message, store())),
  remove: (message: Outgoing): Promise<void> => quietly(() => del(keyOf(message), store())),
  /** Whether it is there still: another tab may have sent it. Where nothing can be kept, it is only here. */
  async has(message: Outgoing): Promise<boolean> {
    try {
      return (await get(keyOf(message), store())) !== undefined
    } catch {
      return true
    }
  },
  /** Those of a member, the oldest first. */
  async list(owner: UserId): Promise<Outgoing[]> {
    try {
      const all = await entries<string, Outgoing>(store())
      return all.flatMap(([, message]) => (message.owner_id === owner ? [message] : []))
    } catch {
      return []
    }
  },
  /** Of one member, or of every member of this device: for who logs out. */
  async clear(owner?: string): Promise<void> {
    if (owner === undefined) return quietly(() => clear(store()))
    for (const message of await outboxShelf.list(owner as UserId)) await outboxShelf.remove(message)
  },
}

async function quietly(task: () => Promise<unknown>): Promise<void> {
  try {
    await task()
  } catch {
    // What cannot be kept is still sent while the page is there.
  }
}
