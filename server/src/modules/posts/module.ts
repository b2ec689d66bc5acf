import type { Broadcast } from '../../engines/broadcast/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { PreviewPosts } from '../../views/previews.ts'
import type { ModuleParts } from '../module.ts'
import { type CollaborationDeps, Collaborations } from './collaborations.ts'
import { collaboratorHandlers } from './collaborator-handlers.ts'
import { postsConsumers } from './consumers.ts'
import { type DownloadDeps, downloadHandlers } from './downloads.ts'
import type { FormFile } from './form.ts'
import { type PostRouteDeps, postHandlers, postSettingsHandlers, shelfHandlers } from './handlers.ts'
import { type ModeratedDeps, moderatedPosts } from './moderated.ts'
import { postNotices } from './notices.ts'
import { type PeopleDeps, PhotoTags, Tagging } from './people.ts'
import { type PhotoTagRouteDeps, photoTagHandlers } from './people-handlers.ts'
import { postsData } from './personal-store.ts'
import { type CheckedFile, type PostsDeps, PostsService } from './service.ts'
import { PostSettingsService } from './settings.ts'
import { Shelf, type ShelfDeps } from './shelf.ts'
import { postKind } from './subjects.ts'

export interface PostsModule<Checked extends CheckedFile> extends ModuleParts {
  /** What can be asked of it, whatever the media module knows of an upload. */
  service: Pick<PostsService, keyof PostsService>
  settings: Pick<PostSettingsService, 'of'>
  /** For those that are published later. */
  toCome: Pick<PostsService<Checked>, 'draft' | 'draftFiles' | 'publishIn'>
}

/** `show` is a view that itself reads from this module's service, hence handed over as a function of it. */
export function postsModule<Checked extends CheckedFile>(
  deps: Omit<PostsDeps<Checked>, 'tagging' | 'collaborating'> & {
    members: PeopleDeps['members'] & DownloadDeps['members'] & PhotoTagRouteDeps['members']
    graph: PeopleDeps['graph'] & CollaborationDeps['graph']
    media: DownloadDeps['media'] & {
      receiveFile: FormFile
      giveUp: PostRouteDeps['giveUp']
    } & ShelfDeps['media'] &
      ModeratedDeps['media']
    broadcast: Pick<Broadcast, 'publish'>
    show: PhotoTagRouteDeps['show']
    showNew: PostRouteDeps['showNew']
    preview: PreviewPosts
  },
): PostsModule<Checked> {
  const settings = new PostSettingsService(deps)
  const tagging = new Tagging({ ...deps, settings })
  const collaborating = new Collaborations({
    ...deps,
    posts: {
      assertOwn: (authorId, id) => service.assertOwn(authorId, id),
      findVisible: (viewerId, id) => service.findVisible(viewerId, id),
    },
  })
  const service: PostsService<Checked> = new PostsService({ ...deps, tagging, collaborating })
  const photoTags = new PhotoTags({ ...deps, settings, posts: service })
  const shelf = new Shelf({ ...deps, posts: service })
  const { receiveFile, giveUp } = deps.media
  return {
    service,
    settings,
    toCome: service,
    personal: postsData(deps.db),
    routes: [
      ...bind('posts', postHandlers({ ...deps, posts: service, receiveFile, giveUp })),
      ...bind('postSettings', postSettingsHandlers(settings)),
      ...bind(
        'postShelf',
        shelfHandlers({
          shelf,
          archivedPosts: (author, page) => service.archivedPosts(author, page),
          show: deps.show,
        }),
      ),
      ...bind(
        'collaborators',
        collaboratorHandlers({ collaborations: collaborating, posts: service, show: deps.show }),
      ),
      ...bind('downloads', downloadHandlers({ ...deps, posts: service })),
      ...bind('photoTags', photoTagHandlers({ ...deps, photoTags, posts: service })),
    ],
    consumers: postsConsumers(service, photoTags, collaborating, deps.broadcast),
    async erase(member, signal) {
      await settings.erase(member)
      await photoTags.erase(member, signal)
      await collaborating.erase(member, signal)
      await service.erase(member, signal)
    },
    notices: postNotices(service),
    subjects: [postKind(service, deps.preview, moderatedPosts({ ...deps, posts: service }))],
    rebuilds: [{ name: 'post-counts', run: (signal) => service.recountAll(signal) }],
    schedules: [
      { name: 'posts.counts', everySeconds: 600, run: (signal) => service.sweepCounts(signal) },
      {
        name: 'posts.text',
        everySeconds: 60,
        async run(signal) {
          while (!signal.aborted && (await service.renewSomeTexts()));
        },
      },
    ],
  }
}
