import type { PostEntity } from '../../data/entities/types.ts'

/** Whether its pictures are shown as a blur alone, until one asks to see them. */
export const isCovered = ({ sensitive, viewer }: PostEntity): boolean =>
  sensitive === true && !viewer.is_author && !viewer.uncovered
