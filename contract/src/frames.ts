import { coreFrames, type DataOf } from './core/sockets.ts'

/** All that a client says on `WS /api/v1/realtime`, beside the token in its first frame. */
export const frames = coreFrames

export type Frames = DataOf<typeof frames>
export type FrameType = keyof Frames
export type SentFrame = { [T in FrameType]: { type: T; data: Frames[T]; ref?: string } }[FrameType]
