import { coreFrames, type DataOf } from './core/sockets.ts'
import { together } from './core/together.ts'
import { liveFrames } from './live/frames.ts'
import { conversationFrames } from './messages/frames.ts'

/** All that a client says on `WS /api/v1/realtime`, beside the token in its first frame. */
export const frames = together(coreFrames).and(conversationFrames).and(liveFrames).all

export type Frames = DataOf<typeof frames>
export type FrameType = keyof Frames
export type SentFrame = { [T in FrameType]: { type: T; data: Frames[T]; ref?: string } }[FrameType]
