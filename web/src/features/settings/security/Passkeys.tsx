import { useMutation } from '@tanstack/react-query'
import type { Passkey } from '@tintype/contract'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api } from '../../../data/client.ts'
import { reportError, reportUnlessGone } from '../../../data/report-error.ts'
import { readFactorsAgain } from '../../../things/account/factors-query.ts'
import { canUsePasskeys, createPasskey, wasDismissed } from '../../../things/account/passkeys.ts'
import { t as proof } from '../../../things/account/proof-messages.ts'
import styles from '../../../things/account/Sections.module.css'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { toast } from '../../../ui/toast.ts'
import { deviceName } from '../device.ts'
import { t } from './messages.ts'
import own from './Security.module.css'

const NAME_MAX = 60

const tell = (error: unknown) => {
  if (!wasDismissed(error)) reportError(error)
}

export function Passkeys({ passkeys }: { passkeys: readonly Passkey[] }) {
  return (
    <section className={styles.form} aria-labelledby="passkeys">
      <h2 id="passkeys" className={styles.subtitle}>
        {t('passkeys.title')}
      </h2>
      <p className={styles.note}>{t('passkeys.text')}</p>
      {passkeys.length > 0 && (
        <ul className={own.passkeys} aria-label={t('passkeys.list')}>
          {passkeys.map((passkey) => (
            <Row key={passkey.passkey_id} passkey={passkey} />
          ))}
        </ul>
      )}
      {canUsePasskeys() ? <Add /> : <p className={styles.note}>{proof('proof.cannot')}</p>}
    </section>
  )
}

function Add() {
  const [name, setName] = useState(() => deviceName(navigator.userAgent))
  const add = useMutation({
    mutationFn: async () =>
      api.factors.addPasskey({ body: { name: name.trim(), passkey: await createPasskey() } }),
    onSuccess: () => {
      toast(t('passkeys.added'))
      return readFactorsAgain()
    },
    onError: tell,
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) add.mutate()
  }
  return (
    <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
      <TextField
        label={t('passkeys.name')}
        hint={t('passkeys.nameHint')}
        maxLength={NAME_MAX}
        value={name}
        onChange={setName}
      />
      <div className={styles.start}>
        <Button label={t('passkeys.add')} type="submit" busy={add.isPending} />
      </div>
    </form>
  )
}

function Row({ passkey }: { passkey: Passkey }) {
  const { passkey_id, name, last_used_at } = passkey
  const [doing, setDoing] = useState<'rename' | 'remove' | null>(null)
  const end = () => setDoing(null)
  const remove = useMutation({
    mutationFn: () => api.factors.removePasskey({ params: { passkey_id } }),
    onMutate: end,
    onSuccess: () => toast(t('passkeys.removed')),
    onError: reportUnlessGone,
    onSettled: readFactorsAgain,
  })
  return (
    <li className={own.passkey}>
      <Fingerprint aria-hidden size={22} strokeWidth={1.7} />
      <div className={own.text}>
        <p className={own.passkeyName}>{name}</p>
        <p className={styles.note}>
          {last_used_at ? (
            <>
              {t('passkeys.used')} <RelativeTime at={last_used_at} />
            </>
          ) : (
            t('passkeys.never')
          )}
        </p>
        {doing === 'rename' && <Rename passkey={passkey} onDone={end} />}
      </div>
      {doing !== 'rename' && (
        <div className={own.row}>
          <Button
            label={t('passkeys.rename')}
            describe={t('passkeys.renameOf', { name })}
            size="small"
            onPress={() => setDoing('rename')}
          />
          <Button
            label={t('passkeys.remove')}
            describe={t('passkeys.removeOf', { name })}
            size="small"
            busy={remove.isPending}
            onPress={() => setDoing('remove')}
          />
        </div>
      )}
      <ConfirmDialog
        open={doing === 'remove'}
        onClose={end}
        title={t('passkeys.removeTitle', { name })}
        text={t('passkeys.removeText')}
        action={t('passkeys.remove')}
        onConfirm={() => remove.mutate()}
      />
    </li>
  )
}

function Rename({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const [name, setName] = useState(passkey.name)
  const rename = useMutation({
    mutationFn: () =>
      api.factors.renamePasskey({
        params: { passkey_id: passkey.passkey_id },
        body: { name: name.trim() },
      }),
    onSuccess: async () => {
      await readFactorsAgain()
      onDone()
    },
    onError: reportError,
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) rename.mutate()
  }
  return (
    <form className={own.rename} method="post" onSubmit={handleSubmit} noValidate>
      <TextField
        label={t('passkeys.newName')}
        maxLength={NAME_MAX}
        value={name}
        onChange={setName}
        autoFocus
      />
      <Button label={t('passkeys.save')} type="submit" size="small" busy={rename.isPending} />
    </form>
  )
}
