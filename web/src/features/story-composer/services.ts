import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'
import { writeStored } from '../../data/storage.ts'
import { storiesOnTheirWay } from '../../data/stories-on-their-way.ts'
import { uploads } from '../../data/uploads.ts'
import { openStoryComposer } from '../../shell/composer-slot.ts'
import { decodeAny } from '../../things/composing/decode-any.ts'
import { decodeMedia } from '../../things/composing/decode-media.ts'
import { failureWords } from '../../things/composing/failure-words.ts'
import { toast } from '../../ui/toast.ts'
import type { FailureCode } from '../../upload/failure.ts'
import { browserNetwork } from '../../upload/network.ts'
import type { StoryDraft } from './draft/draft.ts'
import { StoryShelf } from './draft/story-shelf.ts'
import { t } from './messages.ts'
import { StoryPublisher } from './publishing/story-publisher.ts'
import { renderPlate, renderStory } from './render/render-story.ts'
import { StorySession } from './session.ts'

const shelf = new StoryShelf()

export interface StoryComposer {
  session: StorySession
  publisher: StoryPublisher
}

/** Tells the next visit that a story was still on its way, so that the composer is loaded to go on with it. */
const markSharing = (isSharing: boolean) => writeStored('tintype.sharing-story', isSharing ? '1' : null)

/** All that the story composer of one member needs, wired to the browser. */
export function createStoryComposer(ownerId: string): StoryComposer {
  const settled = () => markSharing(storiesOnTheirWay.get().length > 0)
  const handleFailed = (draft: StoryDraft, code: FailureCode) => {
    void session.keep(draft, null)
    settled()
    const handleOpen = () => {
      session.takeBack(draft)
      openStoryComposer()
    }
    toast(t('failed', { reason: failureWords(code, t('thePicture')).text }), {
      label: t('failedOpen'),
      onPress: handleOpen,
    })
  }
  const publisher = new StoryPublisher({
    client: api,
    uploads,
    network: browserNetwork,
    onTheirWay: storiesOnTheirWay,
    keep: (draft, sharing) => {
      if (sharing) markSharing(true)
      void session.keep(draft, sharing)
    },
    onPublished: (draftId) => {
      void shelf.forget(draftId)
      settled()
      void queryClient.invalidateQueries({ queryKey: ['stories'] })
      toast(t('published'))
    },
    onFailed: handleFailed,
  })
  const session = new StorySession({
    publisher,
    shelf,
    decode: (source, signal) =>
      source.type.startsWith('image/') ? decodeAny(source, signal) : decodeMedia(source, signal),
    render: renderStory,
    renderPlate,
    ownerId,
    now: () => Date.now(),
  })
  return { session, publisher }
}
