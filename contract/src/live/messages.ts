import { Exact, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'
import { LiveComment, LiveCommentId, LiveId } from './schemas.ts'

const of = { live_id: LiveId }

export const liveMessages = {
  'live.counted': message(
    'read',
    'How many watch, and how many hearts it has by now; also where neither changed. Those since the last of these are `hearts_new`, whoever gave them: one message, however many.',
    Exact({
      ...of,
      viewers_count: Type.Integer(),
      hearts_count: Type.Integer(),
      hearts_new: Type.Integer(),
    }),
  ),
  'live.said': message('read', 'Somebody has said something.', Exact({ ...of, comment: LiveComment })),
  'live.unsaid': message(
    'read',
    'A comment is not there any more.',
    Exact({ ...of, live_comment_id: LiveCommentId }),
  ),
  'live.changed': message(
    'read',
    'It began, ended, or something else of it is another: fetch it again.',
    Exact({ live_id: LiveId }),
  ),
  'lives.changed': message(
    'read',
    'Somebody whom the member follows has gone live, or ended: fetch lives again, where they are shown.',
    Exact({}),
  ),
}
