import { useMutation, useQuery } from '@tanstack/react-query'
import { privateLinkLimits } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import Dialog from '../../ui/DialogPanel.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { Select } from '../../ui/Select.tsx'
import { copyText } from '../post/share.ts'
import { LinkRow } from './LinkRow.tsx'
import styles from './Links.module.css'
import { linksQuery, readLinksAgain } from './links-query.ts'
import { t } from './messages.ts'

interface LinkDialogProps {
  post: PostEntity
  open: boolean
  onClose: () => void
}

const DAY = 24 * 3600
const seconds = { day: DAY, week: 7 * DAY, month: 30 * DAY, ever: undefined }
type Lasting = keyof typeof seconds
const lasting = (Object.keys(seconds) as Lasting[]).map((value) => ({ value, label: t(`for.${value}`) }))

/** Makes links to one's own post, and shows those that there are. */
export default function LinkDialog({ post, open, onClose }: LinkDialogProps) {
  const { data } = useQuery({ ...linksQuery, enabled: open })
  const links = data?.filter(({ post_id }) => post_id === post.post_id) ?? []
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} size="small">
      <div className={styles.dialog}>
        <NewLink post={post} />
        {links.length > 0 && (
          <div>
            {links.map((link) => (
              <LinkRow key={link.link_id} link={link} />
            ))}
          </div>
        )}
      </div>
    </Dialog>
  )
}

function NewLink({ post: { post_id } }: { post: PostEntity }) {
  const [lasts, setLasts] = useState<Lasting>('week')
  const [password, setPassword] = useState('')
  const fits = password === '' || password.length >= privateLinkLimits.passwordMin
  const make = useMutation({
    mutationFn: () => {
      const expires_in = seconds[lasts]
      return api.links.create({
        params: { post_id },
        body: { ...(expires_in && { expires_in }), ...(password && { password }) },
      })
    },
    onSuccess: async ({ path }) => {
      setPassword('')
      await readLinksAgain()
      await copyText(new URL(path, location.origin).href)
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (fits && !make.isPending) make.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <p className={styles.hint}>{t('hint')}</p>
      <Select label={t('expires')} value={lasts} options={lasting} onChange={setLasts} />
      <PasswordField
        label={t('password')}
        hint={t('passwordHint')}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
      {make.error && <FormError text={errorText(make.error)} />}
      <Button label={t('create')} tone="primary" type="submit" wide busy={make.isPending} disabled={!fits} />
    </form>
  )
}
