import { AskedPosts } from '../asked/AskedPosts.tsx'
import { AuthorAnswer } from './AuthorAnswer.tsx'
import { t } from './messages.ts'
import { askedFor } from './together-query.ts'

/** Posts that the member is asked to be an author of. */
export const AskedFor = () => (
  <AskedPosts
    list={askedFor}
    none={t('pending.none')}
    labelOf={(name) => t('pending.of', { name })}
    answerOf={(postId) => <AuthorAnswer postId={postId} />}
  />
)
