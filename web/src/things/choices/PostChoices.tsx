import type { PostSettings } from '@tintype/contract'
import { Switch } from '../../ui/Switch.tsx'
import { CommentersField } from './CommentersField.tsx'
import { t } from './messages.ts'

export type Choices = Pick<PostSettings, 'comments_from' | 'likes_hidden' | 'downloads_allowed'>

interface PostChoicesProps {
  chosen: Choices
  onChange: (part: Partial<Choices>) => void
  disabled?: boolean
}

/** Who comments, who sees the likes and who takes photographs along, of one post or of all to come. */
export function PostChoices({ chosen, onChange, disabled = false }: PostChoicesProps) {
  return (
    <>
      <CommentersField
        value={chosen.comments_from}
        disabled={disabled}
        onChange={(comments_from) => onChange({ comments_from })}
      />
      <Switch
        label={t('likes.label')}
        hint={t('likes.hint')}
        checked={chosen.likes_hidden}
        disabled={disabled}
        onChange={(likes_hidden) => onChange({ likes_hidden })}
      />
      <Switch
        label={t('downloads.label')}
        hint={t('downloads.hint')}
        checked={chosen.downloads_allowed}
        disabled={disabled}
        onChange={(downloads_allowed) => onChange({ downloads_allowed })}
      />
    </>
  )
}
