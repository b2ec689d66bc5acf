import { Exact, MediaId, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'

export const mediaMessages = {
  'media.progress': message(
    'read',
    'How far a film of one’s own is made: 0…1. What it belongs to is told of when it is done.',
    Exact({ media_id: MediaId, subject_kind: Type.String(), subject_id: Type.String(), done: Type.Number() }),
  ),
}
