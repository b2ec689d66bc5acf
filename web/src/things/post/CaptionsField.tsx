import { limits, type PostId, type Video } from '@tintype/contract'
import { type ChangeEvent, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { refreshPost } from '../../data/posts.ts'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './EditPostDialog.module.css'
import { t } from './menu-messages.ts'

const LANGUAGES =
  'ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl sr sv ta te th tr uk ur vi zh'.split(
    ' ',
  )
const names = new Intl.DisplayNames('en', { type: 'language' })
const nameOf = (code: string): string => names.of(code) ?? code
const own = (): string => navigator.language.split('-', 1)[0] ?? 'en'

interface CaptionsFieldProps {
  postId: PostId
  film: Video
  n: number
}

/** What is said in a video: a WebVTT file, sent as soon as it is chosen. */
export function CaptionsField({ postId, film, n }: CaptionsFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const { captions, media_id } = film
  const [language, setLanguage] = useState(captions?.language ?? (LANGUAGES.includes(own()) ? own() : 'en'))
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const params = { media_id }
  const change = async (send: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await send()
      setError(undefined)
      await refreshPost(postId)
    } catch (failure) {
      setError(failure)
    }
    setBusy(false)
  }
  const handleFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (!file) return
    const text = file.size > limits.captions * 3 ? '' : await file.text()
    // So that the same file can be chosen again.
    target.value = ''
    await change(() => api.media.setCaptions({ params, body: { text: text || ' ', language } }))
  }
  const options = [...new Set([language, ...LANGUAGES])].map((value) => ({ value, label: nameOf(value) }))
  return (
    <div className={styles.captions}>
      {error !== undefined && <FormError text={errorText(error)} />}
      <Select
        label={t('captions.language', { n })}
        value={language}
        options={options}
        onChange={setLanguage}
      />
      <p className={styles.hint} role="status">
        {captions ? t('captions.there', { language: nameOf(captions.language) }) : t('captions.none')}
      </p>
      <div className={styles.ways}>
        <Button
          label={t(captions ? 'captions.replace' : 'captions.add')}
          size="small"
          busy={busy}
          onPress={() => input.current?.click()}
        />
        {captions && (
          <Button
            label={t('captions.remove')}
            size="small"
            tone="quiet"
            disabled={busy}
            onPress={() => void change(() => api.media.removeCaptions({ params }))}
          />
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".vtt,text/vtt"
        aria-label={t('captions.file', { n })}
        onChange={(event) => void handleFile(event)}
      />
    </div>
  )
}
