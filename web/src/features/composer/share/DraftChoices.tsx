import { useQuery } from '@tanstack/react-query'
import { PostChoices } from '../../../things/choices/PostChoices.tsx'
import { postSettings } from '../../../things/choices/post-settings.ts'
import { SensitiveSwitch } from '../../../things/choices/SensitiveSwitch.tsx'
import { useComposer, useDraft } from '../composer-context.ts'

/** Begins with what the member's settings say, which also hold where nothing is chosen. */
export function DraftChoices() {
  const { session } = useComposer()
  const { commentsFrom, likesHidden, downloadsAllowed, sensitive } = useDraft()
  const { data } = useQuery(postSettings)
  const chosen = {
    comments_from: commentsFrom ?? data?.comments_from ?? 'everyone',
    likes_hidden: likesHidden ?? data?.likes_hidden ?? false,
    downloads_allowed: downloadsAllowed ?? data?.downloads_allowed ?? false,
  }
  return (
    <>
      <PostChoices
        chosen={chosen}
        onChange={({ comments_from, likes_hidden, downloads_allowed }) =>
          session.dispatch({
            type: 'wrote',
            text: {
              ...(comments_from !== undefined && { commentsFrom: comments_from }),
              ...(likes_hidden !== undefined && { likesHidden: likes_hidden }),
              ...(downloads_allowed !== undefined && { downloadsAllowed: downloads_allowed }),
            },
          })
        }
      />
      <SensitiveSwitch
        marked={sensitive}
        onChange={(marked) => session.dispatch({ type: 'wrote', text: { sensitive: marked } })}
      />
    </>
  )
}
