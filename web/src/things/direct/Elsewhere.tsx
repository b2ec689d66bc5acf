import type { PostId } from '@tintype/contract'
import { Code, Globe } from 'lucide-react'
import { useState } from 'react'
import { usePost, useUser } from '../../data/entities/entities.ts'
import type { SendRequest } from '../../shell/send-slot.ts'
import { Button } from '../../ui/Button.tsx'
import { Anchor } from '../../ui/ButtonLink.tsx'
import { copyText } from '../post/share.ts'
import { t } from './messages.ts'
import { embedCode, outward } from './outward.ts'
import styles from './SendToDialog.module.css'

interface ElsewhereProps {
  request: SendRequest
  url: string
  onDone: () => void
}

/** Other places, for what everybody may see there. */
export function Elsewhere({ request: { kind, id, title }, url, onDone }: ElsewhereProps) {
  const [open, setOpen] = useState(false)
  const post = usePost(kind === 'post' ? (id as PostId) : undefined)
  const user = useUser(post?.user_id)
  const [first] = post?.media ?? []
  if (!first || user?.is_private !== false) return null
  return (
    <>
      <Button
        label={t('send.places')}
        icon={Globe}
        size="small"
        pressed={open}
        onPress={() => setOpen(!open)}
      />
      {open && (
        <Places url={url} title={title} code={embedCode(url, first.width / first.height)} onDone={onDone} />
      )}
    </>
  )
}

function Places({
  url,
  title,
  code,
  onDone,
}: {
  url: string
  title: string
  code: string
  onDone: () => void
}) {
  return (
    <ul className={styles.places} aria-label={t('send.places')}>
      {outward(url, title).map(({ name, href }) => (
        <li key={name}>
          <Anchor label={name} tone="quiet" size="small" href={href} target="_blank" rel="noreferrer" />
        </li>
      ))}
      <li>
        <Button
          label={t('send.embed')}
          icon={Code}
          size="small"
          tone="quiet"
          onPress={() => {
            onDone()
            void copyText(code)
          }}
        />
      </li>
    </ul>
  )
}
