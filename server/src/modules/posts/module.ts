import type { Post, PostId, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { ModuleParts } from '../module.ts'
import { postsConsumers } from './events.ts'
import type { FormFile } from './form.ts'
import { postRoutes } from './routes.ts'
import { type PostsDeps, PostsService } from './service.ts'

export interface PostsModule extends ModuleParts {
  service: PostsService
}

/** `present` is a view that itself reads from this module's service, hence handed over as a function of it. */
export function postsModule<Checked>(
  deps: PostsDeps<Checked> & {
    media: { receiveFile: FormFile }
    broadcast: Pick<Broadcast, 'publish'>
    present(viewerId: UserId | null, ids: readonly PostId[]): Promise<Post[]>
  },
): PostsModule {
  const service = new PostsService(deps)
  return {
    service,
    routes: postRoutes({ posts: service, present: deps.present, receiveFile: deps.media.receiveFile }),
    consumers: postsConsumers(service, deps.broadcast),
    schedules: [],
  }
}
