import { Exact, StoryId, Type, UserId } from '../core/schema.ts'
import { message } from '../core/sockets.ts'

export const storyMessages = {
  'stories.published': message(
    'read',
    'Somebody whom the member follows has a new story: fetch the row of stories again.',
    Exact({ user_id: UserId }),
  ),
  'stories.seen': message(
    'read',
    'The member has seen a story, on this device or another.',
    Exact({ story_id: StoryId, user_id: UserId }),
  ),
  'story.viewed': message(
    'read',
    'One’s own story has new viewers: fetch its views again where they are shown.',
    Exact({ story_id: StoryId }),
  ),
  'story.status': message(
    'read',
    'One’s own story left `processing`.',
    Exact({ story_id: StoryId, status: Type.Union([Type.Literal('published'), Type.Literal('failed')]) }),
  ),
}
