import { type ConversationId, type RealtimeMessage, TintypeError, type UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { lruOf } from '../../kit/lru.ts'
import { tellTopics } from '../../kit/topic-channel.ts'
import type { Graph } from '../graph/api.ts'
import { type SocketParts, type Topic, topic } from '../sockets.ts'
import { lastActiveIn } from './inbox-store.ts'
import type { ConversationsLive } from './live.ts'
import { type ConversationsReader, idsOf, type Mine, memberOf } from './reader.ts'
import { readPresence, setPresence } from './settings-store.ts'
import type { Statuses } from './statuses.ts'

export interface ConversationSocketDeps {
  db: Db
  clock: Clock
  broadcast: Pick<Broadcast, 'publish'>
  graph: Pick<Graph, 'judge'>
  reader: Pick<ConversationsReader, 'mine' | 'records' | 'settings' | 'maySend' | 'restrictersOf'>
  statuses: Pick<Statuses, 'markDelivered'>
  live: Pick<ConversationsLive, 'delivered'>
}

type Note = { what: 'typing'; user_id: UserId } | { what: 'presence'; user_id?: UserId }

/** Somebody who has not said that they are here for so long is not. */
const PRESENT_MS = 60_000
/** How often what is said again and again is written. */
const NOTED_EVERY = 20_000
/** Conversations whose members are told that somebody is here: those that anybody may have open. */
const TOLD = 50

/** Who types, and who is here: told to those who have a conversation open, and kept by nobody. */
export function conversationSockets(deps: ConversationSocketDeps): SocketParts {
  const { db, clock, broadcast, reader, statuses, live } = deps
  const noted = lruOf<UserId, number>(10_000)
  return {
    topics: [conversationTopic(deps)],
    frames: {
      async typing({ conversation_id }, { viewer, hasJoined }) {
        if (!hasJoined(`conversation:${conversation_id}`)) throw new TintypeError('not_found')
        const mine = await reader.mine(viewer.user_id, conversation_id)
        // Who has not accepted is not known to read it.
        if (mine.me.status !== 'accepted' || !(await reader.maySend(mine))) return
        const note: Note = { what: 'typing', user_id: viewer.user_id }
        await tellTopics(broadcast, 'conversation', [{ id: conversation_id, note }])
      },
      async active(_, { viewer }) {
        const { user_id } = viewer
        const now = clock.now()
        if (now - (noted.get(user_id) ?? Number.NEGATIVE_INFINITY) < NOTED_EVERY) return
        if (!(await reader.settings([user_id])).get(user_id)?.presence) return
        noted.set(user_id, now)
        await setPresence(db.query, user_id, new Date(now))
        const note: Note = { what: 'presence', user_id }
        const open = await lastActiveIn(db.query, user_id, TOLD)
        await tellTopics(
          broadcast,
          'conversation',
          open.map((id) => ({ id, note })),
        )
      },
      async delivered({ conversation_id, up_to }, { viewer }) {
        const { user_id } = viewer
        if (!(await statuses.markDelivered(user_id, conversation_id, up_to))) return
        const { record } = await reader.mine(user_id, conversation_id)
        await live.delivered(record, { conversation_id, user_id, up_to })
      },
    },
  }
}

function conversationTopic({ db, clock, graph, reader }: ConversationSocketDeps): ReturnType<typeof topic> {
  /** Of those named (all unless given) whom this member may know of. */
  const knownTo = async ({ record, me }: Mine, named: readonly UserId[]): Promise<UserId[]> => {
    const others = named.filter((id) => id !== me.user_id && memberOf(record, id)?.status === 'accepted')
    if (me.status !== 'accepted' || others.length === 0) return []
    const judge = await graph.judge(me.user_id, others)
    const restricters = await reader.restrictersOf(me.user_id)
    return others.filter((id) => judge(id) !== 'hidden' && !restricters.has(id))
  }
  const presence = async (id: ConversationId, mine: Mine, named: readonly UserId[]) => {
    const known = await knownTo(mine, named)
    const settings = await reader.settings([mine.me.user_id, ...known])
    const isOpen = (userId: UserId) => settings.get(userId)?.presence ?? false
    const shown = isOpen(mine.me.user_id) ? known.filter(isOpen) : []
    if (shown.length === 0) return undefined
    const seen = new Map((await readPresence(db.query, shown)).map((one) => [one.user_id, one.active_at]))
    const members = shown.map((user_id) => {
      const at = seen.get(user_id)
      const active = at !== undefined && clock.now() - at.getTime() < PRESENT_MS
      return { user_id, active, last_active_at: at?.toISOString() ?? null }
    })
    return { type: 'conversation.presence', data: { conversation_id: id, members } } as const
  }

  const present: Topic<'conversation', Note>['present'] = async (id, note, viewers) => {
    const record = (await reader.records([id])).get(id)
    if (!record) return new Map()
    const said = await Promise.all(
      viewers.map(async (viewer): Promise<(readonly [UserId, RealtimeMessage])[]> => {
        const me = memberOf(record, viewer)
        if (!me) return []
        const mine = { record, me }
        if (note.what === 'presence') {
          const message = await presence(id, mine, note.user_id ? [note.user_id] : idsOf(record.members))
          return message ? [[viewer, message] as const] : []
        }
        const { user_id } = note
        if ((await knownTo(mine, [user_id])).length === 0) return []
        const data = { conversation_id: id, user_id }
        return [[viewer, { type: 'conversation.typing', data }] as const]
      }),
    )
    return new Map(said.flat())
  }

  return topic<'conversation', Note>({
    kind: 'conversation',
    async mayJoin(viewer, id) {
      const record = (await reader.records([id])).get(id)
      return record && memberOf(record, viewer) ? [id] : undefined
    },
    recheck: {
      'conversation.members_changed': ({ conversation_id }) => ({ restingOn: [conversation_id] }),
    },
    present,
    nameOf: (note) => `${note.what} ${note.user_id ?? ''}`,
    greeting: { what: 'presence' },
  })
}
