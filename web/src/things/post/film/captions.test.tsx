import { screen, waitFor } from '@testing-library/react'
import { type Post, TintypeError, type Video } from '@tintype/contract'
import { beforeEach, expect, it } from 'vitest'
import { ingestPosts } from '../../../data/entities/ingest.ts'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderApp } from '../../../testing/render-app.tsx'
import { apiPost, mediaOf, meNamed } from '../../../testing/things.ts'
import EditPostDialog from '../EditPostDialog.tsx'
import { CaptionsButton, CaptionsTrack } from './FilmCaptions.tsx'

const film = (captions?: Video['captions']): Video => {
  const still = mediaOf('m1')
  return {
    ...still,
    type: 'video',
    url: '/film.mp4',
    hls: null,
    preview: null,
    strip: null,
    poster: still.url,
    duration_ms: 1000,
    has_sound: true,
    loops: false,
    ...(captions && { captions }),
  } as Video
}
const english = { url: '/captions.vtt', language: 'en' }

beforeEach(() => localStorage.clear())

it('captions are shown where a viewer wants them, which their browser remembers', async () => {
  const player = (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: they are what is looked at */}
      <video>
        <CaptionsTrack film={film(english)} />
      </video>
      <CaptionsButton film={film(english)} />
    </>
  )
  const { user, unmount, container } = await renderApp(player, { me: meNamed('ben') })
  const track = container.querySelector('track')
  expect(track).toMatchObject({ kind: 'captions', srclang: 'en', label: 'English' })
  await user.click(screen.getByRole('button', { name: 'Show captions' }))
  unmount()
  const again = await renderApp(player, { me: meNamed('ben') })
  await again.user.click(screen.getByRole('button', { name: 'Hide captions' }))
  screen.getByRole('button', { name: 'Show captions' })
})

it('nothing is offered where nothing is written down', async () => {
  const { container } = await renderApp(<CaptionsButton film={film()} />, { me: meNamed('ben') })
  expect(container.querySelector('button')).toBeNull()
})

it('an author adds a file, is told what is wrong with one, and takes it away', async () => {
  const post = apiPost('p1', 'ana', { media: [film()] })
  let now: Post = post
  let fails = true
  const api = fakeApi({
    'media.setCaptions': async () => {
      if (fails) throw new TintypeError('captions_invalid')
      now = { ...post, media: [film(english)] }
      return {}
    },
    'media.removeCaptions': async () => {
      now = post
      return {}
    },
    'posts.get': async () => now,
  })
  const seed = () => ingestPosts([post])
  const dialog = (media: Post['media']) => (
    <EditPostDialog post={{ ...post, media } as never} open onClose={() => {}} />
  )
  const { user, unmount } = await renderApp(dialog(post.media), { me: meNamed('ana'), seed })
  const choose = async () =>
    user.upload(
      await screen.findByLabelText('Captions of video 1'),
      new File(['WEBVTT'], 'a.vtt', { type: 'text/vtt' }),
    )
  await choose()
  await screen.findByText('These are no captions: a WebVTT file is wanted.')
  fails = false
  await choose()
  await waitFor(() => expect(api.posts.get).toHaveBeenCalled())
  expect(api.media.setCaptions).toHaveBeenLastCalledWith({
    params: { media_id: post.media[0]?.media_id },
    body: { text: 'WEBVTT', language: 'en' },
  })
  unmount()
  const again = await renderApp(dialog(now.media), { me: meNamed('ana'), seed })
  await again.user.click(await screen.findByRole('button', { name: 'Remove captions' }))
  await waitFor(() => expect(api.media.removeCaptions).toHaveBeenCalled())
})
