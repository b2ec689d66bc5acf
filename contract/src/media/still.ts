import type { Photo, Video } from './schemas.ts'

type Shown = Pick<Photo, 'type' | 'url'> | Pick<Video, 'type' | 'poster'>

/** The address of the largest still picture of it. Apart from the schemas, which the browser does without. */
export const stillUrl = (media: Shown): string => (media.type === 'photo' ? media.url : media.poster)
