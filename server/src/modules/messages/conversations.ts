import {
  type Conversation,
  type ConversationId,
  limits,
  type Page,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { decodeCursor } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import type { Graph } from '../graph/api.ts'
import type { Members } from '../members/api.ts'
import * as store from './conversation-store.ts'
import { type Behind, type InboxRow, pageInbox, setActive } from './inbox-store.ts'
import type { ConversationsReader } from './reader.ts'
import type { ShowConversations } from './show-conversations.ts'

export interface ConversationDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  reader: Pick<ConversationsReader, 'records' | 'mine' | 'accepts'>
  showing: ShowConversations
  members: Pick<Members, 'byUsername'>
  graph: Pick<Graph, 'judge' | 'followingAmong' | 'holdsBack'>
}

const LIST = 'conversations'

/** Conversations, how they begin, and where a member finds them. */
export class Conversations {
  readonly #deps: ConversationDeps

  constructor(deps: ConversationDeps) {
    this.#deps = deps
  }

  /** Pinned first, then last active first. */
  async list(
    viewerId: UserId,
    query: { cursor?: string; limit?: number; folder?: 'inbox' | 'requests' | 'filtered' },
  ): Promise<Page<Conversation>> {
    const { db, showing } = this.#deps
    const { folder = 'inbox' } = query
    const list = {
      status: folder === 'inbox' ? 'accepted' : 'request',
      filtered: folder === 'filtered',
    } as const
    const kind = `${LIST}.${folder === 'filtered' ? folder : list.status}`
    return fillPage<InboxRow, Conversation, string>({
      kind,
      limit: query.limit ?? limits.pageDefault,
      after: query.cursor === undefined ? undefined : keyIn(kind, query.cursor),
      read: (after, limit) => pageInbox(db.query, viewerId, list, { behind: behindOf(after), limit }),
      keyOf: ({ pinned, active_id }) => `${pinned ? 1 : 0}${active_id}`,
      present: (rows) => showing.list(viewerId, rows),
    })
  }

  get(viewerId: UserId, id: ConversationId): Promise<Conversation> {
    return this.#deps.showing.one(viewerId, id)
  }

  /** What a member has read, and not. */
  async readState(viewerId: UserId, id: ConversationId) {
    const { viewer } = await this.#deps.showing.one(viewerId, id)
    const { unread_count, last_read_message_id } = viewer
    return { unread_count, last_read_message_id }
  }

  /** One name without a title: the conversation of the two. Otherwise a new group. */
  async create(
    viewerId: UserId,
    { usernames, name }: { usernames: readonly string[]; name?: string },
    reservedId?: string,
  ): Promise<Conversation> {
    const ids = await this.members(viewerId, usernames)
    const [only] = ids
    const id =
      ids.length === 1 && only && name === undefined
        ? await this.direct(viewerId, only)
        : await this.#group(viewerId, ids, name ?? null, reservedId as ConversationId | undefined)
    return this.#deps.showing.one(viewerId, id)
  }

  /** The one with somebody, begun if need be. Rejects with `cannot_message` where they take none from the member. */
  async direct(viewerId: UserId, otherId: UserId): Promise<ConversationId> {
    const { db, outbox, reader, clock, graph } = this.#deps
    const known = await store.directOf(db.query, viewerId, otherId)
    if (known) return known
    if (!(await reader.accepts(otherId, viewerId))) throw new TintypeError('cannot_message')
    const [follows, isHeldBack] = await Promise.all([
      graph.followingAmong(otherId, [viewerId]),
      graph.holdsBack(otherId, viewerId),
    ])
    const id = newId<ConversationId>(clock)
    return db.tx(async (tx) => {
      const made = await store.claimDirect(tx, viewerId, otherId, id)
      if (made !== id) return made
      await store.insertConversation(tx, { conversation_id: id, kind: 'direct', name: null })
      await store.addMembers(tx, id, [
        this.#memberOf(viewerId, 'accepted'),
        this.#memberOf(otherId, follows.has(viewerId) ? 'accepted' : 'request'),
      ])
      if (isHeldBack) await store.setAside(tx, id, otherId, true)
      const payload = { conversation_id: id, creator_id: viewerId, member_ids: [viewerId, otherId] }
      await outbox.append(tx, [{ type: 'conversation.created', payload }])
      return id
    })
  }

  async #group(
    viewerId: UserId,
    ids: readonly UserId[],
    name: string | null,
    reservedId: ConversationId | undefined,
  ): Promise<ConversationId> {
    const { db, outbox, clock } = this.#deps
    const conversation_id = reservedId ?? newId<ConversationId>(clock)
    const me = { ...this.#memberOf(viewerId, 'accepted'), role: 'admin' as const }
    const members = await this.invited(viewerId, ids)
    await db.tx(async (tx) => {
      // An attempt before this one, whose answer was lost, has made it.
      const isNew = await store.insertConversation(tx, {
        conversation_id,
        kind: 'group',
        name: name === '' ? null : name,
      })
      if (!isNew) return
      const all = [me, ...members]
      await store.addMembers(tx, conversation_id, all)
      await this.#putInLists(tx, conversation_id, all)
      const line = { event: 'created' as const, actor_id: viewerId, user_ids: [...ids] }
      const payload = { conversation_id, creator_id: viewerId, member_ids: [viewerId, ...ids], line }
      await outbox.append(tx, [{ type: 'conversation.created', payload }])
    })
    return conversation_id
  }

  /** A group is in lists before anything is said in it. */
  #putInLists(tx: Tx, id: ConversationId, members: readonly { user_id: UserId }[]): Promise<void> {
    const active_id = id as string as InboxRow['active_id']
    return setActive(
      tx,
      members.map(({ user_id }) => ({ user_id, conversation_id: id, active_id })),
    )
  }

  /** Members by name, each once; rejects with `not_found` for whom the viewer does not see. */
  async members(viewerId: UserId, usernames: readonly string[]): Promise<UserId[]> {
    const { members, graph } = this.#deps
    const found = await Promise.all(usernames.map((name) => members.byUsername(name)))
    const ids = found.map((member) => {
      if (!member) throw new TintypeError('not_found')
      if (member.user_id === viewerId) throw new TintypeError('cannot_target_self')
      return member.user_id
    })
    const judge = await graph.judge(viewerId, ids)
    if (ids.some((id) => judge(id) === 'hidden')) throw new TintypeError('not_found')
    return [...new Set(ids)]
  }

  /** Those whom a member adds to a group: whoever does not follow them is asked first. */
  async invited(viewerId: UserId, ids: readonly UserId[]): Promise<store.NewMember[]> {
    const { reader } = this.#deps
    return Promise.all(
      ids.map(async (id) => {
        if (!(await reader.accepts(id, viewerId))) throw new TintypeError('cannot_message')
        return this.#memberOf(id, (await this.#welcomes(id, viewerId)) ? 'accepted' : 'request')
      }),
    )
  }

  /** Whom a member follows and does not hold back they have not to be asked of. */
  async #welcomes(userId: UserId, from: UserId): Promise<boolean> {
    const { graph } = this.#deps
    if (await graph.holdsBack(userId, from)) return false
    return (await graph.followingAmong(userId, [from])).has(from)
  }

  #memberOf(user_id: UserId, status: 'accepted' | 'request'): store.NewMember {
    return { user_id, role: 'member', status, since: newId(this.#deps.clock), visible_above: null }
  }
}

const KEY = /^[01][0-9a-f-]{36}$/

function keyIn(kind: string, cursor: string): string {
  const [key, ...rest] = decodeCursor(kind, cursor)
  if (typeof key !== 'string' || !KEY.test(key) || rest.length > 0) throw new TintypeError('bad_cursor')
  return key
}

const behindOf = (key: string | undefined): Behind | undefined =>
  key === undefined ? undefined : { pinned: key[0] === '1', active_id: key.slice(1) as Behind['active_id'] }
