import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { App, RegisteredApp, Scope } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../../data/client.ts'
import { errorText } from '../../../data/report-error.ts'
import account from '../../../things/account/Sections.module.css'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from './Apps.module.css'
import { developerKeys } from './keys.ts'
import { t } from './messages.ts'
import { ScopeBoxes } from './ScopeBoxes.tsx'

interface AppFormProps {
  /** One that there is; a new one without. */
  app?: App
  /** With what a new one was given. */
  onDone: (made?: RegisteredApp) => void
}

interface Draft {
  name: string
  website: string
  redirects: string
  kind: 'public' | 'confidential'
  scopes: Scope[]
}

const isWebsite = (text: string) => text === '' || /^https?:\/\//.test(text)

export function AppForm({ app, onDone }: AppFormProps) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>(draftOf(app))
  const [tried, setTried] = useState(false)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: () => send(app, draft),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: developerKeys.apps })
      if (app) toast(t('dev.saved'))
      onDone(made)
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (draft.name.trim() && draft.scopes.length > 0 && isWebsite(draft.website.trim())) save.mutate()
  }
  return (
    <form className={account.form} method="post" onSubmit={handleSubmit} noValidate>
      {save.error && <FormError text={errorText(save.error)} />}
      <TextField
        label={t('dev.name')}
        maxLength={60}
        required
        autoFocus
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t('dev.website')}
        type="url"
        hint={t('dev.websiteHint')}
        error={tried && !isWebsite(draft.website.trim()) ? t('dev.websiteBad') : undefined}
        maxLength={300}
        value={draft.website}
        onChange={(website) => set({ website })}
      />
      <TextArea
        label={t('dev.redirects')}
        hint={t('dev.redirectsHint')}
        value={draft.redirects}
        onChange={(redirects) => set({ redirects })}
      />
      {!app && (
        <Choice
          label={t('dev.kind')}
          value={draft.kind}
          options={[
            { value: 'public', label: t('dev.public'), hint: t('dev.publicHint') },
            { value: 'confidential', label: t('dev.confidential'), hint: t('dev.confidentialHint') },
          ]}
          onChange={(kind) => set({ kind })}
        />
      )}
      <ScopeBoxes
        label={t('dev.scopes')}
        value={draft.scopes}
        missing={tried && draft.scopes.length === 0}
        onChange={(scopes) => set({ scopes })}
      />
      <div className={styles.row}>
        <Button label={t(app ? 'dev.save' : 'dev.register')} type="submit" tone="ink" busy={save.isPending} />
        <Button label={t('dev.cancel')} onPress={() => onDone()} />
      </div>
    </form>
  )
}

const draftOf = (app: App | undefined): Draft => ({
  name: app?.name ?? '',
  website: app?.website ?? '',
  redirects: app?.redirect_uris.join('\n') ?? '',
  kind: app?.confidential ? 'confidential' : 'public',
  scopes: app?.scopes ?? ['read'],
})

async function send(app: App | undefined, draft: Draft): Promise<RegisteredApp | undefined> {
  const { name, website, redirects, kind, scopes } = draft
  const body = {
    name: name.trim(),
    website: website.trim() || null,
    redirect_uris: [...new Set(redirects.split(/\s+/).filter(Boolean))],
    scopes,
  }
  if (!app) return api.developer.register({ body: { ...body, confidential: kind === 'confidential' } })
  await api.developer.change({ params: app, body })
  return undefined
}
