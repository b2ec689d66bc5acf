import { type InfiniteData, type UseInfiniteQueryResult, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ModerationAct, ModerationCase, Page, Strikes, UserSummary } from '@tintype/contract'
import type { ReactNode } from 'react'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { t as words } from '../../things/reporting/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { moderationPath } from './paths.ts'
import { decided } from './queries.ts'

interface LongListProps<T> {
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>
  empty: ReactNode
  keyOf: (item: T) => string
  children: (item: T) => ReactNode
}

/** A list of which more can be asked for. */
export function LongList<T>({ query, empty, keyOf, children }: LongListProps<T>) {
  if (query.isPending) return <Spinner />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const items = query.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return empty
  return (
    <>
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={keyOf(item)} className={styles.card}>
            {children(item)}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          label={t('mod.more')}
          busy={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        />
      )}
    </>
  )
}

/** Leads to what moderators know of them. */
export function MemberLink({ user }: { user: UserSummary | null }) {
  if (!user) return t('mod.gone')
  return (
    <Link to={moderationPath} params={{ section: 'members', of: user.username }}>
      {user.username}
    </Link>
  )
}

export function Quote({ text, marked = false }: { text: string; marked?: boolean }) {
  return text && <p className={classes(styles.quote, marked && styles.marked)}>{text}</p>
}

export function Reasons({ reasons }: Pick<ModerationCase, 'reasons'>) {
  return (
    <p className={styles.reasons}>
      {reasons.map(({ reason, count }) => (
        <span key={reason} className={styles.reason}>
          {words(`rule.${reason}`)}
          {count > 1 && ` · ${count}`}
        </span>
      ))}
    </p>
  )
}

export function CaseLine({ item, before }: { item: ModerationCase; before?: ReactNode }) {
  const { kind, subject_id, member, reports_count, reasons, assignee, excerpt, thumbnail } = item
  const name = member?.username ?? t('mod.gone')
  return (
    <div className={styles.row}>
      {before}
      {thumbnail && <img src={thumbnail} alt="" width={56} height={56} className={styles.thumb} />}
      <div className={styles.text}>
        <p className={styles.title}>
          <Link to={moderationPath} params={{ section: 'cases', of: kind, id: subject_id }}>
            {t('queue.by', { kind: words(`kind.${kind}`), name })}
          </Link>
        </p>
        <Quote text={excerpt} />
        <Reasons reasons={reasons} />
        <p className={styles.note}>
          {t('queue.reports', { count: reports_count })} · <RelativeTime at={item.last_reported_at} />
          {assignee && ` · ${t('queue.takenBy', { name: assignee.username })}`}
        </p>
      </div>
    </div>
  )
}

export function StrikesNote({ strikes }: { strikes: Strikes }) {
  const { count, days, suggested, silence_from: silence, suspend_from: suspend } = strikes
  return (
    <p className={styles.note}>
      {t('case.strikes', { count, days, silence, suspend })}{' '}
      {t('case.suggested', { act: words(`act.${suggested}`) })}.
    </p>
  )
}

/** What was done, and what became of it. */
export function ActLine({ act, isFull = false }: { act: ModerationAct; isFull?: boolean }) {
  const lift = useMutation({
    mutationFn: () => api.moderation.lift({ params: { act_id: act.act_id }, body: {} }),
    onSuccess: decided,
    onError: reportError,
  })
  return (
    <div className={styles.text}>
      <p className={styles.title}>
        {words(`act.${act.act}`)} · {words(`rule.${act.rule}`)}
      </p>
      {isFull && <Quote text={act.excerpt} />}
      <Quote text={act.message} />
      {act.note && <p className={styles.note}>{act.note}</p>}
      <p className={styles.note}>
        <RelativeTime at={act.created_at} />
        {act.automatic && ` ${t('audit.nobody')}`}
        {act.moderator && ` ${t('case.by', { name: act.moderator.username })}`}
        {act.ends_at && !act.lifted_at && ` · ${t('case.ends', { when: longDate(act.ends_at) })}`}
        {act.lifted_at && ` · ${t('case.lifted', { when: longDate(act.lifted_at) })}`}
        {act.appeal && ` · ${words(`appeal.${act.appeal.state}`)}`}
      </p>
      {!act.lifted_at && (
        <p className={styles.buttons}>
          <Button label={t('case.lift')} size="small" busy={lift.isPending} onPress={() => lift.mutate()} />
        </p>
      )}
    </div>
  )
}
