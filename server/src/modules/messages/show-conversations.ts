import {
  type Conversation,
  type ConversationId,
  type ConversationMember,
  type MediaId,
  type Message,
  smallestUrl,
  type UntitledMedia,
  type UserId,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import { idTime } from '../../kit/ids.ts'
import type { QuietMode } from '../channels/api.ts'
import type { Graph } from '../graph/api.ts'
import { type MemberMarks, readMarks } from './conversation-store.ts'
import { rowOf } from './envelope.ts'
import { type InboxRow, readInbox } from './inbox-store.ts'
import type { ConversationsReader, Mine } from './reader.ts'
import type { MessageShow } from './show.ts'
import type { Unread } from './unread.ts'

export interface ShowConversationsDeps {
  db: Db
  messageStore: Pick<MessageStore, 'newest' | 'page'>
  reader: Pick<ConversationsReader, 'records' | 'mine' | 'maySend' | 'settings' | 'restrictersOf'>
  unread: Unread
  show: MessageShow
  graph: Pick<Graph, 'listEntries'>
  quiet: Pick<QuietMode, 'quietAmong'>
  media: { views(ids: readonly MediaId[], viewerId: UserId): Promise<Map<MediaId, UntitledMedia>> }
}

/** Messages of a conversation looked at for the newest that its member sees; then it is looked for further down. */
const FIRST = 3
const FURTHER = 50

/** Conversations as one of their members sees them, each part read once for all of them. */
export class ShowConversations {
  readonly #deps: ShowConversationsDeps

  constructor(deps: ShowConversationsDeps) {
    this.#deps = deps
  }

  async one(viewerId: UserId, id: ConversationId): Promise<Conversation> {
    const mine = await this.#deps.reader.mine(viewerId, id)
    const rows = await readInbox(this.#deps.db.query, viewerId, [id])
    const [shown] = await this.#present(viewerId, [{ ...mine, row: rows[0] }])
    if (!shown) throw new Error('a conversation has no place in its member’s inbox')
    return shown
  }

  /** By position; undefined where they are not in it any more. */
  async list(viewerId: UserId, rows: readonly InboxRow[]): Promise<(Conversation | undefined)[]> {
    const records = await this.#deps.reader.records(rows.map((row) => row.conversation_id))
    const theirs = rows.flatMap((row) => {
      const record = records.get(row.conversation_id)
      const me = record?.members.find((member) => member.user_id === viewerId)
      return record && me ? [{ record, me, row }] : []
    })
    const shown = await this.#present(viewerId, theirs)
    const byId = new Map(shown.map((one) => [one.conversation_id, one]))
    return rows.map((row) => byId.get(row.conversation_id))
  }

  async #present(
    viewerId: UserId,
    all: readonly (Mine & { row: InboxRow | undefined })[],
  ): Promise<Conversation[]> {
    if (all.length === 0) return []
    const { db, reader, unread, graph, media, quiet } = this.#deps
    const ids = all.map(({ record }) => record.conversation_id)
    const people = [...new Set(all.flatMap(({ record }) => record.members.map((member) => member.user_id)))]
    const pictures = all.flatMap(({ record }) => record.picture_id ?? [])
    const [entries, marks, settings, counts, last, views, maySend, restricters, silent] = await Promise.all([
      graph.listEntries(viewerId, people),
      readMarks(db.query, ids),
      reader.settings(people),
      unread.within(all.map(({ record, me, row }) => ({ record, me, above: row?.seen_up_to ?? null }))),
      this.#last(all),
      media.views(pictures, viewerId),
      Promise.all(all.map((mine) => reader.maySend(mine))),
      reader.restrictersOf(viewerId),
      quiet.quietAmong(othersOfTwo(viewerId, all)),
    ])
    const marksOf = new Map(marks.map((one) => [`${one.conversation_id} ${one.user_id}`, one]))
    const showsReceipts = (id: UserId) => settings.get(id)?.read_receipts ?? true
    return all.map(({ record, me, row }, at): Conversation => {
      const { conversation_id, kind, name, picture_id, invite_code } = record
      const markOf = (id: UserId): MemberMarks | undefined => marksOf.get(`${conversation_id} ${id}`)
      const members = record.members.flatMap((member): ConversationMember[] => {
        const entry = entries.get(member.user_id)
        if (!entry) return []
        const isSelf = member.user_id === viewerId
        const isNear = member.status === 'accepted' && !restricters.has(member.user_id)
        const isOpen = isSelf || (isNear && showsReceipts(viewerId) && showsReceipts(member.user_id))
        const mark = isOpen ? markOf(member.user_id) : undefined
        return [
          {
            ...entry,
            role: member.role,
            last_read_message_id: mark?.read_up_to ?? null,
            last_delivered_message_id: mark?.delivered_up_to ?? null,
            ...(kind === 'direct' && isNear && silent.has(member.user_id) && { quiet: true as const }),
          },
        ]
      })
      const picture = picture_id === null ? undefined : views.get(picture_id)
      return {
        conversation_id,
        kind,
        name,
        picture: picture ? smallestUrl(picture) : null,
        members,
        invite_code: me.role === 'admin' ? invite_code : null,
        viewer: {
          status: me.status,
          ...(me.filtered && { filtered: true as const }),
          muted: me.muted,
          pinned: row?.pinned ?? false,
          unread_count: counts[at] ?? 0,
          role: me.role,
          may_send: maySend[at] ?? false,
          last_read_message_id: markOf(viewerId)?.read_up_to ?? null,
        },
        last_message: last[at] ?? null,
        active_at: timeOf(row?.active_id ?? conversation_id),
        created_at: timeOf(conversation_id),
      }
    })
  }

  /** The newest that each member sees. */
  async #last(all: readonly Mine[]): Promise<(Message | undefined)[]> {
    const { messageStore, show } = this.#deps
    const newest = await messageStore.newest(
      all.map(({ record }) => record.conversation_id),
      FIRST,
    )
    return Promise.all(
      all.map(async (mine) => {
        const { conversation_id } = mine.record
        let rows = newest.get(conversation_id) ?? []
        for (let asked = FIRST; rows.length > 0; asked = FURTHER) {
          const shown = (await show.show(mine, rows.map(rowOf))).find((one) => one && !one.unsent)
          if (shown || rows.length < asked) return shown
          const before = rows.at(-1)?.message_id
          if (!before || (mine.me.visible_above !== null && before <= mine.me.visible_above)) return undefined
          rows = await messageStore.page(conversation_id, { before, limit: FURTHER })
        }
        return undefined
      }),
    )
  }
}

const othersOfTwo = (viewerId: UserId, all: readonly Mine[]): UserId[] =>
  all.flatMap(({ record: { kind, members } }) =>
    kind === 'direct' ? members.flatMap(({ user_id }) => (user_id === viewerId ? [] : [user_id])) : [],
  )

const timeOf = (id: string): string => new Date(idTime(id)).toISOString()
