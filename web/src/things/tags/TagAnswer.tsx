import type { PostId } from '@tintype/contract'
import { Answer } from '../asked/Answer.tsx'
import { t } from './messages.ts'
import { answerTag } from './tags-query.ts'

interface TagAnswerProps {
  postId: PostId
  pending: boolean
  onDone?: () => void
}

/** Of whoever is tagged themself. */
export function TagAnswer({ postId, pending, onDone }: TagAnswerProps) {
  return (
    <Answer
      {...(pending ? { accept: t('tags.accept') } : {})}
      {...(onDone ? { onDone } : {})}
      leave={t('tags.leave')}
      onAnswer={(isIn) => answerTag(postId, isIn)}
      told={(isIn) => t(isIn ? 'tags.accepted' : 'tags.left')}
    />
  )
}
