import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Changing, type ChangingDeps } from './changing.ts'
import { conversationConsumers } from './consumers.ts'
import { type ConversationDeps, Conversations } from './conversations.ts'
import type { OfKind } from './deps.ts'
import { MessagesFace } from './face.ts'
import { Filtering, type FilteringDeps } from './filtering.ts'
import { type GroupDeps, Groups } from './groups.ts'
import { conversationHandlers, messageHandlers } from './handlers.ts'
import { type LinkPreviewDeps, LinkPreviews } from './links/previews.ts'
import { ConversationsLive, type LiveDeps } from './live.ts'
import { messagesData } from './personal.ts'
import { messagePushes } from './pushes.ts'
import { ConversationsReader, type ReaderDeps } from './reader.ts'
import { Reading, type ReadingDeps } from './reading.ts'
import { SearchWords, type SearchWordsDeps } from './search-words.ts'
import { Sending, type SendingDeps } from './sending.ts'
import { Sharing, type SharingDeps } from './sharing.ts'
import { MessageShow, type ShowDeps } from './show.ts'
import { ShowConversations, type ShowConversationsDeps } from './show-conversations.ts'
import { type ConversationSocketDeps, conversationSockets } from './sockets.ts'
import { type StatusDeps, Statuses } from './statuses.ts'
import { conversationKinds, type SubjectDeps } from './subjects.ts'
import { Unread, type UnreadDeps } from './unread.ts'
import { ConversationsUpkeep, type UpkeepDeps } from './upkeep.ts'

type Built =
  | 'reader'
  | 'show'
  | 'showing'
  | 'unread'
  | 'statuses'
  | 'conversations'
  | 'sending'
  | 'changing'
  | 'groups'
  | 'live'
  | 'upkeep'
  | 'words'
type Given<T> = Omit<T, Built>
export type MessagesModuleDeps<Checked extends OfKind> = Given<ReaderDeps> &
  Given<ShowDeps> &
  Given<ShowConversationsDeps> &
  Given<ConversationDeps> &
  Given<StatusDeps> &
  Given<SendingDeps<Checked>> &
  Given<ChangingDeps> &
  Given<GroupDeps<Checked>> &
  Given<ReadingDeps> &
  Given<SearchWordsDeps> &
  Given<SharingDeps> &
  Given<LiveDeps> &
  Given<UnreadDeps> &
  Given<SubjectDeps> &
  Given<ConversationSocketDeps> &
  Given<UpkeepDeps> &
  Given<LinkPreviewDeps> &
  Given<FilteringDeps>

/** Seconds between two looks for messages whose time is over. */
const EXPIRE_EVERY = 60

/** Direct messages: conversations of two and of many, and what is said in them. */
export function messagesModule<Checked extends OfKind>(
  deps: MessagesModuleDeps<Checked>,
): ModuleParts & { service: MessagesFace } {
  const reader = new ConversationsReader(deps)
  const show = new MessageShow({ ...deps, reader })
  const unread = new Unread({ ...deps, reader })
  const statuses = new Statuses({ ...deps, reader })
  const showing = new ShowConversations({ ...deps, reader, show, unread })
  const conversations = new Conversations({ ...deps, reader, showing })
  const sending = new Sending<Checked>({ ...deps, reader, show, statuses }) as Sending
  const changing = new Changing({ ...deps, reader, show })
  const groups = new Groups<Checked>({ ...deps, reader, conversations }) as Groups
  const sharing = new Sharing({ ...deps, reader, conversations, sending, changing })
  const words = new SearchWords(deps)
  const reading = new Reading({ ...deps, reader, show, words })
  const live = new ConversationsLive({ ...deps, reader, show })
  const upkeep = new ConversationsUpkeep({ ...deps, reader, changing, groups, sending, words })
  const filtering = new Filtering({ ...deps, reader })
  const links = new LinkPreviews({ ...deps, reader, changing, upkeep })
  return {
    service: new MessagesFace({ ...deps, reader, show }),
    personal: messagesData({ ...deps, reader }),
    routes: [
      ...bind('conversations', conversationHandlers({ conversations, groups, statuses, unread })),
      ...bind('messages', messageHandlers({ sending, reading, changing, sharing, statuses })),
    ],
    consumers: conversationConsumers({ live, upkeep, sharing, links, statuses, words, filtering }),
    schedules: [
      { name: 'messages.expiry', everySeconds: EXPIRE_EVERY, run: (signal) => upkeep.expire(signal) },
      { name: 'messages.words', everySeconds: 600, run: (signal) => words.complete(signal) },
    ],
    subjects: conversationKinds({ ...deps, reader }),
    pushes: [messagePushes({ ...deps, reader, show })],
    badges: [{ name: 'messages.unread', count: (ids) => unread.counts(ids) }],
    sockets: conversationSockets({ ...deps, reader, statuses, live }),
    rebuilds: [
      { name: 'inboxes', run: (signal) => upkeep.rebuildInboxes(signal) },
      { name: 'message-search', run: (signal) => words.rebuild(signal) },
    ],
    erase: (member, signal) => upkeep.eraseMember(member, signal),
  }
}
