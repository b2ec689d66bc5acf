import { scheduledModule } from '../modules/scheduled/module.ts'
import type { Ground } from './ground.ts'

interface Scheduling<Upload, Edit> {
  members: Parameters<typeof scheduledModule<Upload, Edit>>[0]['members']
  media: { service: Parameters<typeof scheduledModule<Upload, Edit>>[0]['media'] }
  posts: { toCome: Parameters<typeof scheduledModule<Upload, Edit>>[0]['posts'] }
}

/** Posts that wait for their time. */
export const wireScheduled = <Upload, Edit>(
  { engines, clock }: Ground,
  { members, media, posts }: Scheduling<Upload, Edit>,
) => scheduledModule({ ...engines, clock, members, media: media.service, posts: posts.toCome })
