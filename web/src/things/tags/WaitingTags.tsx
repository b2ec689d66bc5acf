import { AskedPosts } from '../asked/AskedPosts.tsx'
import { t } from './messages.ts'
import { TagAnswer } from './TagAnswer.tsx'
import { waitingTags } from './tags-query.ts'

/** What the member is tagged in and has not agreed to. */
export const WaitingTags = () => (
  <AskedPosts
    list={waitingTags}
    none={t('tags.nothing')}
    labelOf={(name) => t('tags.waitingOf', { name })}
    answerOf={(postId) => <TagAnswer postId={postId} pending />}
  />
)
