import type { Stroke } from '../scene/scene.ts'

export type Pen = Omit<Stroke, 'points'>

/** In shares of the frame's width. */
export const penWidths = { fine: 0.008, medium: 0.018, broad: 0.04, marker: 0.085 } as const
export type PenWidth = keyof typeof penWidths
