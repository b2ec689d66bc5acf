import type { PostId } from '@tintype/contract'
import { Answer } from '../asked/Answer.tsx'
import { t } from './messages.ts'
import { answerAuthor } from './together-query.ts'

/** Of whoever is asked themself, or is an author already. */
export function AuthorAnswer({ postId, isIn = false }: { postId: PostId; isIn?: boolean }) {
  return (
    <Answer
      {...(isIn ? {} : { accept: t('accept') })}
      leave={t(isIn ? 'leave' : 'decline')}
      onAnswer={(wanted) => answerAuthor(postId, wanted)}
      told={(wanted) => t(wanted ? 'accepted' : isIn ? 'left' : 'declined')}
    />
  )
}
