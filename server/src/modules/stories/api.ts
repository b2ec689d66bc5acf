import type { StoriesFace } from './face.ts'

/** Stories that are brought along from elsewhere. */
export type ImportedStories = Pick<StoriesFace, 'importStory' | 'statuses'>

/** Stories, for who answers them. */
export type Stories = Pick<StoriesFace, 'forReply' | 'reactionOf'>
