import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { type Folder, useConversations } from '../../../data/direct/conversations.ts'
import { unreadQuery } from '../../../data/direct/unread.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import { ScreenHead } from '../../../shell/ScreenHead.tsx'
import { useIsPhone } from '../../../shell/viewport.ts'
import { t } from '../../../things/direct/messages.ts'
import { LetterTray } from '../../../ui/drawings/LetterTray.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { InfiniteList } from '../../../ui/InfiniteList.tsx'
import { ConversationRow } from './ConversationRow.tsx'
import styles from './InboxPane.module.css'
import { InboxSkeleton } from './InboxSkeleton.tsx'
import { NewMessageButton } from './NewMessageButton.tsx'

const names: Record<Folder, string> = {
  inbox: t('inbox.list'),
  requests: t('requests.title'),
  filtered: t('filtered.title'),
}

interface InboxPaneProps {
  folder: Folder
  /** The conversation beside it. */
  open: string | undefined
}

export function InboxPane({ folder, open }: InboxPaneProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const phone = useIsPhone()
  const isInbox = folder === 'inbox'
  return (
    <section className={styles.pane} aria-label={names[folder]}>
      <ScreenHead
        title={isInbox ? t('inbox.title') : names[folder]}
        back
        end={isInbox && <NewMessageButton look="icon" />}
      />
      <div ref={setScroller} className={styles.scroll}>
        {isInbox ? <RequestsLink /> : <InboxLink />}
        {folder === 'requests' && <FilteredLink />}
        <List key={folder} folder={folder} open={open} scroller={phone ? undefined : scroller} />
      </div>
    </section>
  )
}

function RequestsLink() {
  const { requests_count: count = 0, filtered_count = 0 } = useQuery(unreadQuery).data ?? {}
  if (count === 0) return filtered_count > 0 && <FilteredLink />
  return (
    <FolderLink to="/direct/requests" text={t('inbox.requests', { count })} hint={t('inbox.requestsHint')} />
  )
}

/** What looks like spam, for whoever misses something. */
function FilteredLink() {
  const count = useQuery(unreadQuery).data?.filtered_count ?? 0
  if (count === 0) return null
  return <FolderLink to="/direct/filtered" text={t('filtered.link', { count })} hint={t('filtered.hint')} />
}

interface FolderLinkProps {
  to: '/direct/requests' | '/direct/filtered'
  text: string
  hint: string
}

function FolderLink({ to, text, hint }: FolderLinkProps) {
  return (
    <Link to={to} className={styles.folder}>
      <span>
        <span className={styles.count}>{text}</span>
        <span className={styles.hint}>{hint}</span>
      </span>
      <ChevronRight aria-hidden size={20} />
    </Link>
  )
}

/** On a phone the arrow above leads back. */
function InboxLink() {
  return (
    <Link to="/direct/inbox" className={`${styles.folder} ${styles.wide}`}>
      <ChevronLeft aria-hidden size={20} />
      <span className={styles.count}>{t('inbox.title')}</span>
    </Link>
  )
}

interface ListProps extends InboxPaneProps {
  scroller: HTMLElement | null | undefined
}

const ROW = 76
const estimate = () => ROW
const keyOf = (id: string) => id

function List({ folder, open, scroller }: ListProps) {
  const { query, ids, more } = useConversations(folder)
  if (query.isPending) return <InboxSkeleton rows={7} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0) return folder === 'inbox' ? <NothingYet /> : <NoRequests folder={folder} />
  return (
    <InfiniteList
      label={names[folder]}
      items={ids}
      keyOf={keyOf}
      estimate={estimate}
      {...more}
      {...(scroller === undefined ? { memory: `direct-${folder}` } : { scroller })}
      placeholder={<InboxSkeleton rows={2} />}
      render={(id) => <ConversationRow id={id} isOpen={id === open} />}
    />
  )
}

const NothingYet = () => (
  <EmptyState
    drawing={<LetterTray />}
    title={t('inbox.empty')}
    text={t('inbox.emptyText')}
    action={<NewMessageButton look="button" />}
  />
)

const NoRequests = ({ folder }: { folder: Folder }) => (
  <EmptyState
    drawing={<LetterTray />}
    title={t('requests.empty')}
    text={folder === 'filtered' ? t('filtered.emptyText') : t('requests.emptyText')}
  />
)
