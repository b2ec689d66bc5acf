import { topic } from '../core/sockets.ts'
import { LiveId } from './schemas.ts'

export const liveTopics = {
  live: topic('read', 'A live that is watched: its counts and what is said.', LiveId, [
    'live.counted',
    'live.said',
    'live.unsaid',
    'live.changed',
  ]),
}
