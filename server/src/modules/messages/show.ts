import {
  type Attachment,
  limits,
  type MediaId,
  type Message,
  type MessageId,
  memberSubject,
  type Photo,
  postSubject,
  type SubjectRef,
  type SystemLine,
  storySubject,
  type UntitledMedia,
  type UserId,
  type UserSummary,
  type Video,
} from '@tintype/contract'
import type { MessageStore } from '../../engines/message-store/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { Clock } from '../../kit/clock.ts'
import { excerptOf } from '../../text/excerpt.ts'
import type { Graph } from '../graph/api.ts'
import { type SubjectPreview, type Subjects, subjectKey } from '../subject.ts'
import { type Content, filesOf, type MessageRow, rowOf, type StoredAttachment } from './envelope.ts'
import { endOf, isShut, sentAt } from './policy.ts'
import type { ConversationsReader, Mine } from './reader.ts'

type Ids<T> = readonly T[]
export interface ShowDeps {
  clock: Clock
  messageStore: Pick<MessageStore, 'read'>
  reader: Pick<ConversationsReader, 'restrictersOf' | 'sees'>
  graph: Pick<Graph, 'judge'>
  people: { summaries(ids: Ids<UserId>): Promise<Map<UserId, UserSummary>> }
  media: {
    views(ids: Ids<MediaId>, viewerId: UserId): Promise<Map<MediaId, UntitledMedia>>
    voices(ids: Ids<MediaId>, viewerId: UserId): Promise<Map<MediaId, Voice>>
  }
  subjects: Pick<Subjects, 'previews'>
}

/** What is shown of a recording. */
type Voice = Pick<Attachment & { type: 'voice' }, 'duration_ms' | 'waveform'> & { url: string }

/** What is shown of messages beside themselves, for one viewer; read once for all of them. */
interface Around {
  viewerId: UserId
  now: number
  personOf(id: UserId | null): UserSummary | null
  isHidden(id: UserId): boolean
  /** Who lets the viewer know nothing of what they do. */
  restricters: ReadonlySet<UserId>
  pictures: ReadonlyMap<MediaId, UntitledMedia>
  voices: ReadonlyMap<MediaId, Voice>
  previews: ReadonlyMap<string, SubjectPreview>
  answered: ReadonlyMap<MessageId, MessageRow>
}

const noPictures: ReadonlyMap<MediaId, UntitledMedia> = new Map()
const noVoices: ReadonlyMap<MediaId, Voice> = new Map()
const nobody: ReadonlySet<UserId> = new Set()
const noPreviews: ReadonlyMap<string, SubjectPreview> = new Map()

/** Messages as one member sees them. */
export class MessageShow {
  readonly #deps: ShowDeps

  constructor(deps: ShowDeps) {
    this.#deps = deps
  }

  /** By position; undefined where the member does not see it. */
  async show(mine: Mine, rows: readonly MessageRow[]): Promise<(Message | undefined)[]> {
    if (rows.length === 0) return []
    const seen = await this.#deps.reader.sees(mine, rows)
    const shown = rows.filter((row) => seen.has(row.message_id))
    const around = await this.#around(mine, shown)
    return rows.map((row) => (seen.has(row.message_id) ? present(row, around) : undefined))
  }

  async one(mine: Mine, row: MessageRow): Promise<Message | undefined> {
    return (await this.show(mine, [row]))[0]
  }

  async #around(mine: Mine, rows: readonly MessageRow[]): Promise<Around> {
    const { clock, graph, people, media, subjects, reader } = this.#deps
    const viewerId = mine.me.user_id
    const now = clock.now()
    const answered = await this.#answered(mine, rows)
    const ids = [...new Set([...rows, ...answered.values()].flatMap(peopleIn))]
    const open = rows.filter((row) => !isShut(row, viewerId, now) || row.sender_id === viewerId)
    const seen = open.filter(({ marks }) => marks.life !== 'view_once' || marks.opened?.[viewerId])
    const heard = seen.filter(({ content }) => content.kind === 'voice')
    const pictures = seen.filter((row) => !heard.includes(row)).flatMap(({ content }) => filesOf(content))
    const spoken = heard.flatMap(({ content }) => filesOf(content))
    const shared = open.flatMap(({ content }) => content.attachments.flatMap(subjectsOf))
    // Most messages are a text, for which nothing but its sender has to be known.
    const isOpened = rows.some(({ sender_id, marks }) => sender_id === viewerId && marks.opened)
    const [judge, names, views, voices, previews, restricters] = await Promise.all([
      ids.every((id) => id === viewerId) ? () => 'full' as const : graph.judge(viewerId, ids),
      people.summaries(ids),
      pictures.length === 0 ? noPictures : media.views(pictures, viewerId),
      spoken.length === 0 ? noVoices : media.voices(spoken, viewerId),
      shared.length === 0 ? noPreviews : subjects.previews(viewerId, shared),
      isOpened ? reader.restrictersOf(viewerId) : nobody,
    ])
    const isHidden = (id: UserId) => id !== viewerId && judge(id) === 'hidden'
    return {
      viewerId,
      now,
      personOf: (id) => (id === null || isHidden(id) ? null : (names.get(id) ?? null)),
      isHidden,
      restricters,
      pictures: views,
      voices,
      previews,
      answered,
    }
  }

  /** Those that others answer, as far as the viewer sees them. */
  async #answered(mine: Mine, rows: readonly MessageRow[]): Promise<Map<MessageId, MessageRow>> {
    const refs = rows.flatMap(({ conversation_id, content }) =>
      content.reply_to === null ? [] : [{ conversation_id, message_id: content.reply_to }],
    )
    if (refs.length === 0) return new Map()
    const found = (await this.#deps.messageStore.read(refs)).map(rowOf)
    const seen = await this.#deps.reader.sees(mine, found)
    return byField(
      found.filter(({ message_id }) => seen.has(message_id)),
      'message_id',
    )
  }
}

const refOf = { post: postSubject, story: storySubject, member: memberSubject }
export const sharedSubject = ({
  kind,
  id,
}: Pick<StoredAttachment & { type: 'share' }, 'kind' | 'id'>): SubjectRef =>
  (refOf[kind] as (id: string) => SubjectRef)(id)

const subjectsOf = (one: StoredAttachment): SubjectRef[] => (one.type === 'share' ? [sharedSubject(one)] : [])

const peopleIn = ({ sender_id, content, marks }: MessageRow): UserId[] => [
  ...(sender_id === null ? [] : [sender_id]),
  ...(content.system ? [content.system.actor_id ?? [], content.system.user_ids].flat() : []),
  ...(Object.keys(marks.reactions ?? {}) as UserId[]),
]

function present(row: MessageRow, around: Around): Message {
  const { content, marks, message_id, sender_id, conversation_id } = row
  const { viewerId, now } = around
  const is_own = sender_id === viewerId
  const isShutNow = isShut(row, viewerId, now)
  const end = endOf(message_id, marks)
  return {
    message_id,
    conversation_id,
    client_message_id: is_own ? row.client_message_id : null,
    user: around.personOf(sender_id),
    is_own,
    kind: content.kind,
    body: isShutNow && !is_own ? null : content.body,
    attachments: content.attachments.map((one) => attachmentOf(one, row, around, isShutNow)),
    ...(content.link && !(isShutNow && !is_own) && { link: content.link }),
    system: systemOf(content, around),
    reply_to: replyOf(row, around),
    reactions: reactionsOf(row, around),
    unsent: marks.unsent ?? false,
    edited_at: marks.edited_at === undefined ? null : new Date(marks.edited_at).toISOString(),
    expires: marks.life ?? null,
    expires_at: end === undefined ? null : new Date(end).toISOString(),
    opened: openedBy(marks).some((id) => (is_own ? !around.restricters.has(id) : id === viewerId)),
    created_at: new Date(sentAt(message_id)).toISOString(),
  }
}

const openedBy = ({ opened = {} }: MessageRow['marks']): UserId[] => Object.keys(opened) as UserId[]

function attachmentOf(
  one: StoredAttachment,
  { marks }: MessageRow,
  around: Around,
  isShutNow: boolean,
): Attachment {
  if (one.type === 'share') {
    const { purpose, kind, id } = one
    const preview = around.previews.get(subjectKey(sharedSubject(one)))
    const shown = preview && {
      author: preview.author,
      address: preview.address,
      text: preview.text,
      picture: preview.picture,
    }
    return { type: 'share', purpose, kind, id, available: shown !== undefined, preview: shown ?? null }
  }
  const waiting = marks.failed?.includes(one.media_id) ? 'failed' : 'processing'
  if (one.type === 'voice') {
    const voice = isShutNow ? undefined : around.voices.get(one.media_id)
    const silent = { url: null, duration_ms: 0, waveform: [] }
    if (voice) return { type: 'voice', state: 'ready', ...voice }
    return { type: 'voice', state: isShutNow ? 'closed' : waiting, ...silent }
  }
  const { type, alt_text } = one
  if (isShutNow) return { type, state: 'closed', media: null }
  const view = around.pictures.get(one.media_id)
  if (view?.type === 'photo' && type === 'photo')
    return { type, state: 'ready', media: { ...view, alt_text } satisfies Photo }
  if (view?.type === 'video' && type === 'video')
    return { type, state: 'ready', media: { ...view, alt_text } satisfies Video }
  return { type, state: waiting, media: null }
}

function systemOf({ system }: Content, { personOf }: Around): SystemLine | null {
  if (!system) return null
  const { event, actor_id, user_ids, name } = system
  return { event, actor: personOf(actor_id), users: user_ids.flatMap((id) => personOf(id) ?? []), name }
}

function reactionsOf({ marks }: MessageRow, { isHidden }: Around): Message['reactions'] {
  const given = Object.entries(marks.reactions ?? {}) as [UserId, string][]
  const byEmoji = Map.groupBy(
    given.filter(([id]) => !isHidden(id)),
    ([, emoji]) => emoji,
  )
  return [...byEmoji].map(([emoji, all]) => ({ emoji, user_ids: all.map(([id]) => id) }))
}

function replyOf(
  { content }: MessageRow,
  { answered, personOf, viewerId, now }: Around,
): Message['reply_to'] {
  if (content.reply_to === null) return null
  const row = answered.get(content.reply_to)
  if (!row || row.marks.unsent)
    return { message_id: content.reply_to, user: null, kind: 'text', excerpt: '', available: false }
  const isOpen = row.marks.life !== 'view_once' || !isShut(row, viewerId, now)
  return {
    message_id: row.message_id,
    user: personOf(row.sender_id),
    kind: row.content.kind,
    excerpt: isOpen ? excerptOf(row.content.body ?? '', limits.messageExcerpt) : '',
    available: true,
  }
}
