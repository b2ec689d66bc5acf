import {
  type ConversationId,
  type MediaId,
  type Message,
  type MessageId,
  type MessageLife,
  messageSubject,
  TintypeError,
  type UploadId,
  type UserId,
} from '@tintype/contract'
import { sql } from 'kysely'
import { type Db, groupCommit, type Tx } from '../../engines/db/port.ts'
import type { MessageStore, NewMessage } from '../../engines/message-store/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { lanes } from '../../kit/lanes.ts'
import type { MessageMedia, OfKind } from './deps.ts'
import { contentOf, filesOf, json, type MessageRow, rowOf, type StoredAttachment } from './envelope.ts'
import { bumping, type Sent } from './inbox-store.ts'
import { mayLink } from './links/link-of.ts'
import { endFrom, endOf, forgetting } from './policy.ts'
import { type ConversationsReader, idsOf, listeners, type Mine } from './reader.ts'
import { setPassing } from './settings-store.ts'
import type { MessageShow } from './show.ts'
import type { Statuses } from './statuses.ts'

export interface Outgoing {
  client_message_id: string
  text?: string | undefined
  photos?: readonly { upload_id: UploadId; alt_text?: string }[] | undefined
  voice?: { upload_id: UploadId } | undefined
  shares?: readonly StoredAttachment[] | undefined
  reply_to?: MessageId | undefined
  expires?: MessageLife | undefined
}

export interface SendingDeps<Checked extends OfKind> {
  db: Db
  outbox: Pick<Outbox, 'act' | 'append'>
  clock: Clock
  messageStore: MessageStore
  reader: ConversationsReader
  show: MessageShow
  statuses: Pick<Statuses, 'accept'>
  media: MessageMedia<Checked>
}

/** Sends told of by one statement. */
const TOGETHER = 100

/**
 * A message is written first, then told of: the store may be another database one day. A process that dies in between has answered nobody; its
 * sender's device says it again, under the same name, and then it is told of. What is told of twice is known by its id.
 */
export class Sending<Checked extends OfKind = OfKind> {
  readonly #deps: SendingDeps<Checked>
  readonly #announce: (sent: Sent) => Promise<boolean>
  /** In one process one after the other in a conversation, so that messages are told of in their order. */
  readonly #inTurn = lanes<ConversationId>()

  constructor(deps: SendingDeps<Checked>) {
    this.#deps = deps
    const { db, outbox } = deps
    this.#announce = groupCommit<Sent, boolean>(TOGETHER, async (sent) => {
      const rows = await outbox.act(db.query, bumping(sent), sent.map(factOf))
      const done = new Set(rows.map(({ place }) => Number(place)))
      return sent.map((_, at) => done.has(at + 1))
    })
  }

  async send(viewerId: UserId, id: ConversationId, outgoing: Outgoing): Promise<Message> {
    const mine = await this.#deps.reader.mine(viewerId, id)
    return this.deliver(mine, outgoing)
  }

  /** The same of one who is known to be in it. */
  async deliver(mine: Mine, outgoing: Outgoing): Promise<Message> {
    const { reader, show, messageStore } = this.#deps
    const { conversation_id } = mine.record
    const viewerId = mine.me.user_id
    if (!(await reader.maySend(mine))) {
      // One that was sent while it could be is answered as it was.
      const sent = await messageStore.find(conversation_id, viewerId, outgoing.client_message_id)
      const shown = sent && (await show.one(mine, rowOf(sent)))
      if (shown) return shown
      throw new TintypeError('cannot_message')
    }
    if (outgoing.reply_to) await reader.message(viewerId, conversation_id, outgoing.reply_to)
    if (mine.me.status !== 'accepted') await this.#deps.statuses.accept(viewerId, conversation_id)
    const row = await this.#inTurn(conversation_id, () => this.#write(mine, outgoing))
    const shown = await show.one(mine, row)
    if (!shown) throw new TintypeError('not_found')
    return shown
  }

  #write(mine: Mine, outgoing: Outgoing): Promise<MessageRow> {
    const { text, photos = [], voice, shares = [] } = outgoing
    if (voice && (text !== undefined || photos.length > 0)) throw new TintypeError('message_empty')
    const files = voice ? [voice] : photos
    if (files.length > 0) return this.#writeWithFiles(mine, outgoing, files)
    if (text === undefined && shares.length === 0) throw new TintypeError('message_empty')
    return this.#append(mine, outgoing, shares, async (row) => {
      if (row.marks.life) await this.#notePassing(row)
      return this.#announce(sentOf(mine, row))
    })
  }

  /** Files become the message's in the transaction in which it is told of. */
  async #writeWithFiles(
    mine: Mine,
    outgoing: Outgoing,
    files: NonNullable<Outgoing['photos']>,
  ): Promise<MessageRow> {
    const { messageStore, media, clock, db } = this.#deps
    const viewerId = mine.me.user_id
    const { conversation_id } = mine.record
    const first = await messageStore.find(conversation_id, viewerId, outgoing.client_message_id)
    const upload_ids = files.map((file) => file.upload_id)
    const purpose = outgoing.expires === 'view_once' ? 'message_once' : 'message'
    let uploads: Checked[]
    try {
      uploads = await media.checkUploads(viewerId, upload_ids, purpose)
    } catch (error) {
      // They are used: by the first try, which was then told of as well.
      if (first && isUsed(error)) return rowOf(first)
      throw error
    }
    const attachments = files.map(({ alt_text = '' }, n): StoredAttachment => {
      const [media_id, type] = [newId<MediaId>(clock), uploads[n]?.kind ?? 'photo']
      if ((type === 'voice') !== (outgoing.voice !== undefined)) throw new TintypeError('media_kind_unwanted')
      return type === 'voice' ? { type, media_id } : { type, media_id, alt_text }
    })
    return this.#append(mine, outgoing, attachments, (row) =>
      db.tx(async (tx) => {
        const isDone = await this.#announceIn(tx, sentOf(mine, row))
        if (isDone) await this.#attach(tx, row, uploads)
        if (row.marks.life) await this.#notePassing(row, tx)
        return isDone
      }),
    )
  }

  /** Writes, then tells; what could not be told is taken back. */
  async #append(
    mine: Mine,
    { client_message_id, text, reply_to, expires, photos, voice }: Outgoing,
    attachments: readonly StoredAttachment[],
    tell: (row: MessageRow) => Promise<boolean>,
  ): Promise<MessageRow> {
    const { messageStore, clock } = this.#deps
    const { conversation_id } = mine.record
    const at = clock.now()
    const { message, isNew } = await messageStore.append({
      conversation_id,
      sender_id: mine.me.user_id,
      client_message_id,
      content: json(
        contentOf({
          kind: voice ? 'voice' : photos ? 'media' : attachments.length > 0 ? 'share' : 'text',
          body: text ?? null,
          attachments: [...attachments],
          reply_to: reply_to ?? null,
        }),
      ),
      marks: json(expires ? { life: expires } : {}),
      at,
      ...forgetting(endFrom(at, expires), at),
    } as NewMessage)
    const row = rowOf(message)
    // What was taken back since is not told of again.
    if (!isNew && row.marks.unsent) return row
    const takeBack = () => messageStore.remove(conversation_id, [row.message_id])
    let isDone: boolean
    try {
      isDone = await tell(row)
    } catch (error) {
      if (isNew && isUsed(error)) await takeBack()
      throw error
    }
    if (isDone) return row
    await takeBack()
    throw new TintypeError('not_found')
  }

  /** In the caller's transaction; false where its sender is not in the conversation any more. */
  async #announceIn(tx: Tx, sent: Sent): Promise<boolean> {
    const done = await this.#deps.outbox.act(tx, bumping([sent]), [factOf(sent)])
    return done.length > 0
  }

  /** A line of the conversation itself, under a name: once, however often it is asked for. */
  async line(line: NewMessage, member_ids: readonly UserId[]): Promise<void> {
    const { message } = await this.#deps.messageStore.append(line)
    const { conversation_id, message_id } = message
    await this.#announce({ conversation_id, message_id, sender_id: null, member_ids })
  }

  async #attach(
    tx: Tx,
    { conversation_id, message_id, sender_id, content, marks }: MessageRow,
    uploads: Checked[],
  ) {
    const media_ids = filesOf(content)
    const end = endOf(message_id, marks)
    const { change, events } = this.#deps.media.attaching([
      {
        owner_id: sender_id as UserId,
        subject: messageSubject(conversation_id, message_id),
        purpose: marks.life === 'view_once' ? 'message_once' : 'message',
        ...(end === undefined ? {} : { expires_at: new Date(end) }),
        uploads,
        media_ids,
      },
    ])
    const made = await this.#deps.outbox.act(tx, { change, answer: sql`select from done` }, events)
    if (made.length === 0) throw new TintypeError('upload_already_used')
  }

  async #notePassing(row: MessageRow, tx?: Tx): Promise<void> {
    const due = endOf(row.message_id, row.marks)
    if (due !== undefined) await setPassing(tx ?? this.#deps.db.query, row, new Date(due))
  }
}

const isUsed = (error: unknown): boolean =>
  error instanceof TintypeError && error.code === 'upload_already_used'

const sentOf = ({ record, me }: Mine, { conversation_id, message_id, content }: MessageRow): Sent => ({
  conversation_id,
  message_id,
  sender_id: me.user_id,
  member_ids: [...new Set([me.user_id, ...idsOf(listeners(record))])],
  link: mayLink(content.body),
})

const factOf = ({ conversation_id, message_id, sender_id, member_ids, link }: Sent): NewEvent => ({
  type: 'message.sent',
  payload: {
    conversation_id,
    message_id,
    sender_id,
    recipient_ids: member_ids.filter((id) => id !== sender_id),
    ...(link && { link }),
  },
})
