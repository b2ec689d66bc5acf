import { useMutation } from '@tanstack/react-query'
import { limits, textLength } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { errorText } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import Dialog from '../../ui/DialogPanel.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { MediaBox } from '../../ui/MediaBox.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { type Choices, PostChoices } from '../choices/PostChoices.tsx'
import { SensitiveSwitch } from '../choices/SensitiveSwitch.tsx'
import { PlaceField } from '../composing/PlaceField.tsx'
import { CaptionsField } from './CaptionsField.tsx'
import styles from './EditPostDialog.module.css'
import { t as words } from './menu-messages.ts'

/** `.thumb` */
const THUMB = { phone: '72px', wide: '72px' }

const choicesOf = ({
  comments_enabled,
  comments_from,
  likes_hidden = false,
  downloads_allowed = false,
}: PostEntity): Choices => ({
  comments_from: comments_enabled ? (comments_from ?? 'everyone') : 'off',
  likes_hidden,
  downloads_allowed,
})

interface EditPostDialogProps {
  post: PostEntity
  open: boolean
  onClose: () => void
}

export default function EditPostDialog({ post, open, onClose }: EditPostDialogProps) {
  return open && <EditForm post={post} onClose={onClose} />
}

function EditForm({ post, onClose }: Omit<EditPostDialogProps, 'open'>) {
  const [caption, setCaption] = useState(post.caption)
  const [place, setPlace] = useState(post.location)
  const [choices, setChoices] = useState(choicesOf(post))
  const [sharesSound, setSharesSound] = useState(post.reel?.shares_sound ?? false)
  const [sensitive, setSensitive] = useState(post.sensitive ?? false)
  const [alts, setAlts] = useState(post.media.map((one) => one.alt_text))
  const save = useMutation({
    mutationFn: () => {
      const location = place?.name.trim() ? { ...place, name: place.name.trim() } : null
      const sound = post.reel && { share_sound: sharesSound }
      const mark = sensitive !== (post.sensitive ?? false) && { sensitive }
      const body = { caption, location, ...choices, ...sound, ...mark, alt_texts: alts }
      return api.posts.edit({ params: { post_id: post.post_id }, body })
    },
    onSuccess: (edited) => {
      ingestPosts([edited])
      onClose()
    },
  })
  const button = (
    <Button
      label={t('action.save')}
      tone="primary"
      size="small"
      busy={save.isPending}
      onPress={() => save.mutate()}
    />
  )
  return (
    <Dialog open onClose={onClose} title={words('postEdit.title')} action={button} fullOnPhone>
      <div className={styles.form}>
        {save.error && <FormError text={errorText(save.error)} />}
        <TextArea
          label={words('postEdit.caption')}
          value={caption}
          onChange={setCaption}
          maxLength={limits.caption}
          count={`${textLength(caption)} / ${limits.caption}`}
        />
        <PlaceField value={place} onChange={setPlace} />
        <PostChoices chosen={choices} onChange={(part) => setChoices({ ...choices, ...part })} />
        <SensitiveSwitch marked={sensitive} onChange={setSensitive} />
        {post.reel?.sound_id === null && post.media.some((one) => one.type === 'video' && one.has_sound) && (
          <Switch label={words('postEdit.sound')} checked={sharesSound} onChange={setSharesSound} />
        )}
        {post.media.map((media, index) => (
          <div key={media.media_id} className={styles.picture}>
            <div className={styles.thumb}>
              <MediaBox media={media} fallbackAlt="" place={THUMB} ratio={1} />
            </div>
            <div className={styles.words}>
              <TextArea
                label={words('postEdit.alt', { n: index + 1 })}
                hint={index === 0 ? words('postEdit.altHint') : undefined}
                value={alts[index] ?? ''}
                onChange={(text) => setAlts(alts.with(index, text))}
                maxLength={limits.altText}
                rows={2}
              />
              {media.type === 'video' && <CaptionsField postId={post.post_id} film={media} n={index + 1} />}
            </div>
          </div>
        ))}
      </div>
    </Dialog>
  )
}
