import { useInfiniteQuery } from '@tanstack/react-query'
import type { ConversationId, MessageId } from '@tintype/contract'
import { useEffect, useState } from 'react'
import { api } from '../../../data/client.ts'
import { ingestMessages } from '../../../data/direct/ingest-direct.ts'
import { useMessage, useUser } from '../../../data/entities/entities.ts'
import { useMember } from '../../../data/member.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import { nameOf } from '../../../things/direct/conversation-face.ts'
import { excerptOf } from '../../../things/direct/message-text.ts'
import { t } from '../../../things/direct/messages.ts'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Button } from '../../../ui/Button.tsx'
import DialogPanel from '../../../ui/DialogPanel.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { SearchField } from '../../../ui/SearchField.tsx'
import styles from './FindDialog.module.css'

interface FindDialogProps {
  open: boolean
  onClose: () => void
  id: ConversationId
  onShow: (id: MessageId) => void
}

export default function FindDialog({ id, onShow, ...dialog }: FindDialogProps) {
  return (
    <DialogPanel {...dialog} title={t('find.title')} fullOnPhone bare>
      <Find id={id} onShow={onShow} />
    </DialogPanel>
  )
}

const PAUSE_MS = 200
const PAGE = 20

/** A search that a later letter has overtaken never shows: each has its own key. */
const hitsOf = (conversation_id: ConversationId, q: string) => ({
  queryKey: ['message-search', conversation_id, q],
  queryFn: async ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) => {
    const query = { q, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }
    const found = await api.messages.search({ params: { conversation_id }, query, signal })
    return { ids: ingestMessages(found.items), next_cursor: found.next_cursor }
  },
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor ?? undefined,
})

function Find({ id, onShow }: Pick<FindDialogProps, 'id' | 'onShow'>) {
  const [text, setText] = useState('')
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const query = useInfiniteQuery({ ...hitsOf(id, q), enabled: q !== '' })
  const ids = query.data?.pages.flatMap((page) => page.ids) ?? []
  const { hasNextPage, isFetching, fetchNextPage } = query
  // A page may have none, and yet not be the last.
  const looksOn = ids.length === 0 && hasNextPage && !isFetching
  useEffect(() => {
    if (looksOn) void fetchNextPage()
  }, [looksOn, fetchNextPage])
  return (
    <>
      <div className={styles.field}>
        <SearchField label={t('find.label')} value={text} onChange={setText} autoFocus />
      </div>
      <section className={styles.results} aria-label={t('find.results')}>
        {q === '' && <p className={styles.note}>{t('find.idle')}</p>}
        {q !== '' && (query.isPending || (ids.length === 0 && hasNextPage)) && <PeopleSkeleton rows={3} />}
        {query.isError && ids.length === 0 && <LoadError error={query.error} onRetry={query.refetch} />}
        {query.isSuccess && ids.length === 0 && !hasNextPage && (
          <p className={styles.note}>{t('find.none', { q })}</p>
        )}
        {ids.map((hit) => (
          <Hit key={hit} id={hit} onPress={() => onShow(hit)} />
        ))}
        {ids.length > 0 && hasNextPage && (
          <Button label={t('find.more')} wide busy={isFetching} onPress={() => void fetchNextPage()} />
        )}
      </section>
    </>
  )
}

function Hit({ id, onPress }: { id: MessageId; onPress: () => void }) {
  const me = useMember()
  const message = useMessage(id)
  const user = useUser(message?.user_id ?? undefined)
  if (!message) return null
  const name = message.is_own ? t('message.you') : user ? nameOf(user) : t('system.somebody')
  return (
    <button type="button" className={styles.hit} onClick={onPress}>
      <span className={styles.head}>
        <span className={styles.name}>{name}</span>
        <span className={styles.time}>
          <RelativeTime at={message.created_at} />
        </span>
      </span>
      <span className={styles.text} dir="auto">
        {excerptOf(message, me.user_id)}
      </span>
    </button>
  )
}
