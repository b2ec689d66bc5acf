import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ErrorCode, type Import, type ImportItem, TintypeError } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { errorText, reportError } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { Button } from '../../../ui/Button.tsx'
import { longDate } from '../../../ui/relative-time.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import own from './Data.module.css'
import { importsKey } from './imports-query.ts'
import { t } from './messages.ts'

/** One archive: what is in it, and what became of that. */
export function ImportCard({ one }: { one: Import }) {
  const { state, counts } = one
  const total = counts.planned + counts.processing + counts.done + counts.failed
  return (
    <article className={styles.card} aria-live="polite">
      <p className={styles.legend}>{titleOf(one, total)}</p>
      {state === 'failed' && one.failure_code && (
        <p className={styles.note}>{errorText(new TintypeError(one.failure_code as ErrorCode))}</p>
      )}
      <About one={one} />
      {state === 'running' && (
        <progress
          className={own.progress}
          aria-label={t('import.progress')}
          value={counts.done + counts.failed}
          max={Math.max(total, 1)}
        />
      )}
      <Actions one={one} />
    </article>
  )
}

function titleOf({ state, counts }: Import, total: number): string {
  if (state === 'checked') return t('import.checked', { count: counts.planned })
  if (state === 'running') return t('import.running', { done: counts.done + counts.failed, total })
  if (state === 'done') return t('import.done', { count: counts.done })
  if (state === 'failed') return t('import.unread')
  return t(state === 'checking' ? 'import.checking' : 'import.stopped')
}

function About({ one: { import_id, state, source, from, to, counts } }: { one: Import }) {
  const [open, setOpen] = useState(false)
  if (!source || !from || !to) return null
  const said = [
    spanOf(t(`source.${source}`), longDate(from), longDate(to)),
    ...(counts.known > 0 ? [t('import.known', { count: counts.known })] : []),
    ...(counts.left_out > 0 ? [t('import.leftOut', { count: counts.left_out })] : []),
    ...(counts.failed > 0 ? [t('import.failed', { count: counts.failed })] : []),
  ]
  return (
    <>
      {said.map((line) => (
        <p key={line} className={styles.note}>
          {line}
        </p>
      ))}
      {counts.left_out + counts.failed > 0 && !open && (
        <div className={styles.start}>
          <Button label={t('import.showItems')} size="small" onPress={() => setOpen(true)} />
        </div>
      )}
      {open && <Reasons id={import_id} key={state} />}
    </>
  )
}

const spanOf = (source: string, from: string, to: string): string =>
  from === to ? t('import.day', { source, from }) : t('import.span', { source, from, to })

/** The first of those that were not imported, each with the reason. */
function Reasons({ id }: { id: Import['import_id'] }) {
  const query = useQuery({
    queryKey: [...importsKey, id, 'reasons'],
    queryFn: async () => {
      const of = (state: ImportItem['state']) =>
        api.imports.items({ params: { import_id: id }, query: { state, limit: 50 } })
      const [left, failed] = await Promise.all([of('left_out'), of('failed')])
      return [...failed.items, ...left.items]
    },
  })
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  if (query.isPending) return <Spinner />
  return (
    <ul className={own.items} aria-label={t('import.items')}>
      {query.data.map((item) => (
        <li key={item.number}>
          <span className={own.file}>{item.files[0] ?? longDate(item.taken_at)}</span>
          <span className={styles.note}>{reasonText(item.reason)}</span>
        </li>
      ))}
    </ul>
  )
}

const ownReasons = ['file_missing', 'no_files', 'file_unknown', 'file_too_large'] as const

function reasonText(reason: string | null): string {
  const known = ownReasons.find((one) => one === reason)
  return known ? t(`reason.${known}`) : errorText(new TintypeError((reason ?? 'internal') as ErrorCode))
}

function Actions({ one: { import_id, state, counts } }: { one: Import }) {
  const queries = useQueryClient()
  const params = { import_id }
  const settled = {
    onError: reportError,
    onSettled: () => queries.invalidateQueries({ queryKey: importsKey }),
  }
  const run = useMutation({ mutationFn: () => api.imports.run({ params }), ...settled })
  const remove = useMutation({ mutationFn: () => api.imports.remove({ params }), ...settled })
  const labels: Partial<Record<Import['state'], string>> = {
    checking: t('import.stop'),
    checked: t('import.cancel'),
    running: t('import.stop'),
  }
  return (
    <div className={own.actions}>
      {state === 'checked' && counts.planned > 0 && (
        <Button label={t('import.run')} tone="primary" busy={run.isPending} onPress={() => run.mutate()} />
      )}
      <Button
        label={labels[state] ?? t('import.remove')}
        busy={remove.isPending}
        onPress={() => remove.mutate()}
      />
    </div>
  )
}
