import { Exact, Type } from '../core/schema.ts'
import { frame } from '../core/sockets.ts'
import { LiveId, liveLimits } from './schemas.ts'

export const liveFrames = {
  heart: frame(
    'write',
    'Hearts for a live whose topic is joined; those of a second or so as one frame.',
    60,
    Exact({ live_id: LiveId, count: Type.Integer({ minimum: 1, maximum: liveLimits.heartsAtOnce }) }),
  ),
}
