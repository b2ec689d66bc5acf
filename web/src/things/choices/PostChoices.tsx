import type { PostSettings } from '@tintype/contract'
import { Switch } from '../../ui/Switch.tsx'
import { CommentersField } from './CommentersField.tsx'
import { t } from './messages.ts'

export type Choices = Pick<PostSettings, 'comments_from' | 'likes_hidden'>

interface PostChoicesProps {
  chosen: Choices
  onChange: (part: Partial<Choices>) => void
  disabled?: boolean
}

/** Who comments and who sees the likes, of one post or of all to come. */
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
    </>
  )
}
