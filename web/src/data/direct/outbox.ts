import { type ConversationId, isBlank, type Message, TintypeError, type UploadId } from '@tintype/contract'
import { createCell, useCell } from '../../kit/cell.ts'
import { Alarm } from '../../realtime/alarm.ts'
import { browserNetwork } from '../../upload/network.ts'
import { randomKey } from '../../upload/random-key.ts'
import { withRetries } from '../../upload/retry.ts'
import { api } from '../client.ts'
import { meQuery } from '../member.ts'
import { isPassing, queryClient } from '../query-client.ts'
import { errorText } from '../report-error.ts'
import { writeStored } from '../storage.ts'
import { uploadPicture } from '../upload-picture.ts'
import { type Outgoing, type OutgoingPhoto, outboxShelf } from './outbox-shelf.ts'
import { receiveMessage } from './thread.ts'

export type { Outgoing, OutgoingPhoto } from './outbox-shelf.ts'

/**
 * Messages on their way: waiting → sending → gone (the server has it), or refused, from where they are sent again or discarded by hand.
 * One at a time for each conversation, in the order they were written, so that none overtakes another.
 */
const waiting = createCell<readonly Outgoing[]>([])
/** All of them, oldest first. */
export const outgoing = (): readonly Outgoing[] => waiting.get()
export const useOutgoing = (): readonly Outgoing[] => useCell(waiting)

const draining = new Map<ConversationId, Promise<void>>()
/** Ended when the member logs out: what is being sent is theirs, not the next one's. */
let session = new AbortController()
/** Milliseconds after which what found nobody at the other end is tried again, where nothing else says that it may. */
const AGAIN_MS = 30_000
const again = new Alarm()

const ownerNow = () => queryClient.getQueryData(meQuery.queryKey)?.user_id

/** So that the next visit of this browser knows that something waits. */
function mark(): void {
  writeStored('tintype.unsent', waiting.get().length > 0 ? '1' : null)
}

function replace(message: Outgoing, change: Partial<Outgoing>): void {
  const next = { ...message, ...change }
  waiting.update((all) => all.map((one) => (same(one, message) ? next : one)))
  void outboxShelf.put(next)
}

const same = (a: Outgoing, b: Outgoing): boolean => a.client_message_id === b.client_message_id

let lastWritten = 0

export type Written = Pick<Outgoing, 'conversation_id' | 'text' | 'reply_to' | 'photos' | 'voice' | 'expires'>

/** Shown at once, kept, and sent as soon as what was written before it is gone. */
export function sendMessage(written: Written): void {
  const owner_id = ownerNow()
  if (!owner_id) return
  lastWritten = Math.max(Date.now(), lastWritten + 1)
  const message = {
    ...written,
    client_message_id: randomKey(),
    owner_id,
    written_at: lastWritten,
    refusal: null,
  }
  waiting.update((all) => [...all, message])
  mark()
  const kept = outboxShelf.put(message)
  void kept.then(() => drain(written.conversation_id))
}

/** Once more, by hand. */
export function sendAgain(message: Outgoing): void {
  replace(message, { refusal: null })
  void drain(message.conversation_id)
}

/** The server has it, or it is not to be sent after all. */
export function discard(message: Outgoing): void {
  void outboxShelf.remove(message)
  drop(message)
}

function drop(message: Outgoing): void {
  waiting.update((all) => all.filter((one) => !same(one, message)))
  mark()
}

/** Takes up what an earlier visit left in this browser, and sends it. */
export async function resumeOutbox(): Promise<void> {
  const owner = ownerNow()
  if (!owner) return
  const kept = await outboxShelf.list(owner)
  waiting.update((all) => {
    const known = new Set(all.map((one) => one.client_message_id))
    const own = all.filter((one) => one.owner_id === owner)
    return [...kept.filter((one) => !known.has(one.client_message_id)), ...own]
  })
  mark()
  for (const id of new Set(waiting.get().map((one) => one.conversation_id))) void drain(id)
}

/** Of a member who logged out nothing waits any more; where it is not said who that is, of nobody. */
export async function forgetOutbox(owner?: string): Promise<void> {
  session.abort()
  session = new AbortController()
  again.stop()
  draining.clear()
  waiting.set([])
  sentPhotos.clear()
  await outboxShelf.clear(owner)
}

function drain(id: ConversationId): Promise<void> {
  const running = draining.get(id)
  if (running) return running
  const run = alone(`tintype-outbox-${id}`, () => sendAll(id)).then((outcome) => {
    if (draining.get(id) === run) draining.delete(id)
    if (outcome === 'later') again.set(AGAIN_MS, resumeOutbox)
    // Written after the last look and before this.
    else if (next(id)) return drain(id)
  })
  draining.set(id, run)
  return run
}

type Outcome = 'done' | 'later'

/** Of several tabs one sends. */
const alone = (name: string, task: () => Promise<Outcome>): Promise<Outcome> =>
  navigator.locks ? navigator.locks.request(name, task) : task()

const next = (id: ConversationId): Outgoing | undefined =>
  waiting
    .get()
    .find((one) => one.conversation_id === id && one.refusal === null && one.owner_id === ownerNow())

async function sendAll(id: ConversationId): Promise<Outcome> {
  for (let message = next(id); message; message = next(id)) {
    if ((await send(message)) === 'later') return 'later'
  }
  return 'done'
}

async function send(message: Outgoing): Promise<Outcome> {
  const { signal } = session
  try {
    const made = await withRetries(() => postKept(message, signal), { network: browserNetwork, signal })
    if (made === null) {
      drop(message)
      return 'done'
    }
    if (message.photos.length > 0) keepSent(message)
    receiveMessage(made)
    discard(message)
    return 'done'
  } catch (error) {
    // Without a session it waits for its member to log in again.
    const isOver = error instanceof TintypeError && error.status === 401
    if (signal.aborted || isOver || isPassing(error)) return 'later'
    replace(message, { refusal: errorText(error) })
    return 'done'
  }
}

/** Messages whose photos are kept to be shown until the server's are ready. */
const KEPT = 10
const sentPhotos = new Map<string, readonly OutgoingPhoto[]>()

function keepSent({ client_message_id, photos }: Outgoing): void {
  sentPhotos.set(client_message_id, photos)
  for (const id of sentPhotos.keys()) if (sentPhotos.size > KEPT) sentPhotos.delete(id)
}

/** The photos of a message that this page has sent. */
export const photosSent = (client_message_id: string | null): readonly OutgoingPhoto[] =>
  sentPhotos.get(client_message_id ?? '') ?? []

/** Null: it is not there to be sent any more, as another tab has done so, or its member has logged out. */
const postKept = async (message: Outgoing, signal: AbortSignal): Promise<Message | null> =>
  (await outboxShelf.has(message)) ? post(message, signal) : null

/** What has arrived of the photos of a message that is tried again. */
const uploaded = new Map<string, UploadId[]>()

async function post(message: Outgoing, signal: AbortSignal): Promise<Message> {
  const { conversation_id, client_message_id, text, reply_to, photos, voice, expires } = message
  const files = voice ? [voice] : photos.map(({ file }) => file)
  const ids = uploaded.get(client_message_id) ?? (await Promise.all(files.map(uploadPicture)))
  uploaded.set(client_message_id, ids)
  try {
    const made = await api.messages.send({
      params: { conversation_id },
      body: {
        client_message_id,
        ...(text ? { text } : {}),
        ...sent(ids, message),
        ...(reply_to ? { reply_to } : {}),
        ...(expires ? { expires } : {}),
      },
      signal,
    })
    uploaded.delete(client_message_id)
    return made
  } catch (error) {
    if (!isPassing(error)) uploaded.delete(client_message_id)
    throw error
  }
}

/** What was uploaded, as a message takes it. */
function sent(ids: readonly UploadId[], { photos, voice }: Outgoing) {
  const [upload_id] = ids
  if (!upload_id) return {}
  if (voice) return { voice: { upload_id } }
  const described = (alt_text = '') => (isBlank(alt_text) ? {} : { alt_text: alt_text.trim() })
  return { photos: ids.map((id, at) => ({ upload_id: id, ...described(photos[at]?.alt_text) })) }
}
