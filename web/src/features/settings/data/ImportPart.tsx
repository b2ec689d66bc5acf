import { useQuery, useQueryClient } from '@tanstack/react-query'
import { importLimits } from '@tintype/contract'
import { FileArchive } from 'lucide-react'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../../data/client.ts'
import { errorText } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { Button } from '../../../ui/Button.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import own from './Data.module.css'
import { ImportCard } from './ImportCard.tsx'
import { importsKey, isWaiting } from './imports-query.ts'
import { t } from './messages.ts'
import { beginSending, type Sending, sendRest } from './send-archive.ts'
import { sizeText } from './size-text.ts'

/** Milliseconds between two looks while something happens. */
const LOOK_EVERY = 2000

export function ImportPart() {
  const query = useQuery({
    queryKey: importsKey,
    queryFn: () => api.imports.list(),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.imports.some(isWaiting) ? LOOK_EVERY : false),
  })
  const sending = useSending()
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const imports = query.data?.imports ?? []
  const current = sending.sent?.ticket.import.import_id
  const listed = imports.filter(({ import_id }) => import_id !== current)
  const isFree = !sending.sent && !imports.some(({ state }) => state !== 'done' && state !== 'failed')
  return (
    <section className={styles.form} aria-labelledby="import-title">
      <h2 id="import-title" className={styles.subtitle}>
        {t('import.title')}
      </h2>
      <p>{t('import.text')}</p>
      {sending.sent && <SendingCard sending={sending} />}
      {listed.map((one) => (
        <ImportCard key={one.import_id} one={one} />
      ))}
      {sending.error && <FormError text={sending.error} />}
      {isFree && <Chooser onChoose={sending.begin} />}
      <p className={styles.note}>{t('import.how')}</p>
    </section>
  )
}

function Chooser({ onChoose }: { onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const handleChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    target.value = ''
    if (file) onChoose(file)
  }
  return (
    <div className={styles.start}>
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={t('import.choose')}
        onChange={handleChange}
      />
      <Button label={t('import.choose')} icon={FileArchive} onPress={() => input.current?.click()} />
    </div>
  )
}

type SendingState = ReturnType<typeof useSending>

function useSending() {
  const queries = useQueryClient()
  const [sent, setSent] = useState<Sending>()
  const [bytes, setBytes] = useState(0)
  const [error, setError] = useState('')
  // Of what is being sent now: ended by its member, or by their leaving the page.
  const ending = useRef(new AbortController())
  const hasLeft = useRef(false)
  useEffect(() => {
    hasLeft.current = false
    return () => {
      hasLeft.current = true
      ending.current.abort()
    }
  }, [])
  const refresh = () => queries.invalidateQueries({ queryKey: importsKey })

  const goOn = async (sending: Sending) => {
    setError('')
    ending.current = new AbortController()
    const { signal } = ending.current
    if (hasLeft.current) return
    try {
      await sendRest(sending, setBytes, signal)
      setSent(undefined)
      await refresh()
    } catch (failure) {
      if (!signal.aborted) setError(errorText(failure))
    }
  }
  const begin = async (file: File) => {
    setError('')
    setBytes(0)
    if (file.size > importLimits.bytes) return setError(t('import.tooLarge'))
    try {
      const sending = await beginSending(file)
      setSent(sending)
      await goOn(sending)
    } catch (failure) {
      setError(errorText(failure))
    }
  }
  const stop = async () => {
    const id = sent?.ticket.import.import_id
    ending.current.abort()
    setSent(undefined)
    setError('')
    if (id) await api.imports.remove({ params: { import_id: id } }).catch(() => {})
    await refresh()
  }
  return { sent, bytes, error, begin, goOn, stop }
}

function SendingCard({ sending: { sent, bytes, error, goOn, stop } }: { sending: SendingState }) {
  if (!sent) return null
  const total = sent.file.size
  return (
    <article className={styles.card}>
      <p className={styles.legend}>
        {error ? t('import.stopped') : t('import.sending', { done: sizeText(bytes), total: sizeText(total) })}
      </p>
      <progress className={own.progress} aria-label={t('import.sent')} value={bytes} max={total} />
      <p className={styles.note}>{t('import.sendingHint')}</p>
      <div className={own.actions}>
        {error && <Button label={t('import.again')} tone="primary" onPress={() => void goOn(sent)} />}
        <Button label={t('import.stop')} onPress={() => void stop()} />
      </div>
    </article>
  )
}
