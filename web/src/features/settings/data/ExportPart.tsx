import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Export } from '@tintype/contract'
import { Download, Trash2 } from 'lucide-react'
import { api } from '../../../data/client.ts'
import { errorText, reportError } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { Button } from '../../../ui/Button.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { longDate } from '../../../ui/relative-time.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import own from './Data.module.css'
import { t } from './messages.ts'
import { sizeText } from './size-text.ts'

const key = ['exports']
/** Milliseconds between two looks while one is made. */
const LOOK_EVERY = 2000

const isUnderWay = ({ state }: Export): boolean => state === 'waiting' || state === 'making'

export function ExportPart() {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: key,
    queryFn: () => api.exports.list(),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.exports.some(isUnderWay) ? LOOK_EVERY : false),
  })
  const ask = useMutation({
    mutationFn: () => api.exports.create(),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  if (query.isPending) return <Spinner />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const { exports } = query.data
  return (
    <section className={styles.form} aria-labelledby="export-title">
      <h2 id="export-title" className={styles.subtitle}>
        {t('export.title')}
      </h2>
      <p>{t('export.text')}</p>
      {exports.map((one) => (
        <ExportCard key={one.export_id} archive={one} />
      ))}
      {ask.error && <FormError text={errorText(ask.error)} />}
      {!exports.some(isUnderWay) && (
        <div className={styles.start}>
          <Button
            label={t(exports.length === 0 ? 'export.ask' : 'export.again')}
            tone={exports.length === 0 ? 'primary' : 'plain'}
            busy={ask.isPending}
            onPress={() => ask.mutate()}
          />
        </div>
      )}
      <p className={styles.note}>{t(exports.length === 0 ? 'export.time' : 'export.private')}</p>
    </section>
  )
}

function ExportCard({ archive }: { archive: Export }) {
  return (
    <article className={styles.card} aria-live="polite">
      {isUnderWay(archive) ? <UnderWay archive={archive} /> : <Finished archive={archive} />}
    </article>
  )
}

function UnderWay({ archive: { export_id, state, done, total } }: { archive: Export }) {
  const remove = useRemoval(export_id)
  return (
    <>
      <p className={styles.legend}>
        {state === 'waiting' ? t('export.waiting') : t('export.making', { done, total })}
      </p>
      <progress
        className={own.progress}
        aria-label={t('export.progress')}
        value={done}
        max={Math.max(total, 1)}
      />
      <div className={styles.start}>
        <Button
          label={t('export.cancel')}
          size="small"
          busy={remove.isPending}
          onPress={() => remove.mutate()}
        />
      </div>
    </>
  )
}

function Finished({ archive: { export_id, state, size, created_at, expires_at } }: { archive: Export }) {
  const remove = useRemoval(export_id)
  const when = longDate(created_at)
  const fetchIt = useMutation({
    mutationFn: () => api.exports.link({ params: { export_id } }),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: reportError,
  })
  const isReady = state === 'ready'
  return (
    <>
      <p className={styles.legend}>{t(isReady ? 'export.ready' : 'export.failed', { when })}</p>
      {isReady && (
        <p className={styles.note}>
          {t('export.readyText', { size: sizeText(size), until: longDate(expires_at ?? created_at) })}
        </p>
      )}
      <div className={own.actions}>
        {isReady && (
          <Button
            label={t('export.download')}
            describe={t('export.downloadOf', { when })}
            icon={Download}
            tone="primary"
            busy={fetchIt.isPending}
            onPress={() => fetchIt.mutate()}
          />
        )}
        <Button
          label={t('export.delete')}
          describe={t('export.deleteOf', { when })}
          icon={Trash2}
          busy={remove.isPending}
          onPress={() => remove.mutate()}
        />
      </div>
    </>
  )
}

function useRemoval(export_id: Export['export_id']) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.exports.remove({ params: { export_id } }),
    onError: reportError,
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}
