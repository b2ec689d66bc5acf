import { screen, waitFor } from '@testing-library/react'
import type { Live, LiveComment, LiveCommentId, LiveId } from '@tintype/contract'
import { TintypeError } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { meNamed, userNamed } from '../../testing/things.ts'
import { addComment } from './use-live.ts'

const ben = meNamed('ben')
const id = 'l1' as LiveId
const { viewer: _, ...ana } = userNamed('ana')
const live = (fields: Partial<Live> = {}): Live => ({
  live_id: id,
  user: ana,
  title: 'Low tide',
  audience: 'public',
  status: 'live',
  started_at: '2026-01-01T12:00:00.000Z',
  ended_at: null,
  viewers_count: 3,
  playlist: null,
  hearts_count: 1,
  comments_open: true,
  slow_seconds: 0,
  pinned: null,
  replay_post_id: null,
  viewer: { is_host: false, moderates: false },
  host: null,
  ...fields,
})
const comment = (text: string): LiveComment => ({
  live_comment_id: text as LiveCommentId,
  user: ana,
  text,
  created_at: '2026-01-01T12:00:00.000Z',
})
const open = () => renderRoute(`/live/${id}`, { me: ben })

describe('a live', () => {
  it('shows who watches and what is said; what one says stands there at once, or again in its field', async () => {
    let fails = false
    fakeApi({
      'live.get': async () => live(),
      'live.comments': async () => [comment('Hello')],
      'live.comment': async ({ body }) => {
        if (fails) throw new TintypeError('live_slow')
        return comment(body.text)
      },
    })
    const { user } = await open()
    await screen.findByText('Hello', {}, { timeout: 10_000 })
    screen.getByRole('img', { name: '3 watching' })
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Say something' })
    await user.type(field, 'Good evening')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    await screen.findByText('Good evening')
    expect(field.value).toBe('')
    fails = true
    await user.type(field, 'Too soon')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(field.value).toBe('Too soon'))
  })

  it('shows its host what is held, who lets everybody see it', async () => {
    const api = fakeApi({
      'live.get': async () => live({ viewer: { is_host: true, moderates: true } }),
      'live.comments': async () => [{ ...comment('From afar'), held: true }],
      'live.approveComment': async () => ({}),
    })
    const { user } = await open()
    await screen.findByText(/^Held: only its writer/, {}, { timeout: 10_000 })
    await user.click(screen.getByRole('button', { name: 'More about the comment by ana' }))
    await user.click(await screen.findByRole('button', { name: 'Show it to everybody' }))
    expect(api.live.approveComment).toHaveBeenCalledWith({
      params: { live_id: id, live_comment_id: 'From afar' },
    })
    addComment(id, comment('From afar'))
    await waitFor(() => expect(screen.queryByText(/^Held/)).toBeNull())
    expect(screen.getAllByText('From afar')).toHaveLength(1)
  })

  it('says so where the browser cannot play it', async () => {
    fakeApi({
      'live.get': async () => live({ playlist: `/live/${id}/hls/token/index.m3u8` }),
      'live.comments': async () => [],
    })
    await open()
    await screen.findByText('It cannot be played here.', {}, { timeout: 10_000 })
  })

  it('from software waits for its picture, tells where to send it and with which key, and goes live when its host says', async () => {
    const encoder = (playlist: string | null) =>
      live({
        status: 'waiting',
        started_at: null,
        playlist,
        viewer: { is_host: true, moderates: true },
        host: {
          source: 'encoder',
          viewers_peak: 0,
          has_recording: false,
          recording_until: null,
          moderators: [],
          removed: [],
        },
      })
    let playlist: string | null = null
    const key = { key: null, created_at: null, rtmp_url: 'rtmp://localhost:1935/live' }
    const api = fakeApi({
      'live.get': async () => encoder(playlist),
      'live.comments': async () => [],
      'live.key': async () => key,
      'live.renewKey': async () => ({ ...key, key: 'secret', created_at: '2026-01-01T12:00:00.000Z' }),
      'live.start': async () => {
        throw new TintypeError('live_no_source')
      },
    })
    const { user } = await open()
    await screen.findByText('Waiting for your software…', {}, { timeout: 10_000 })
    expect(await screen.findByLabelText<HTMLInputElement>('Server')).toHaveProperty('value', key.rtmp_url)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Go live' }).disabled).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Make a key' }))
    expect(await screen.findByLabelText<HTMLInputElement>('Stream key')).toHaveProperty('value', 'secret')
    playlist = `/live/${id}/hls/token/index.m3u8`
    await screen.findByText('Only you see this.', {}, { timeout: 10_000 })
    await user.click(screen.getByRole('button', { name: 'Go live' }))
    await waitFor(() => expect(api.live.start).toHaveBeenCalled())
    await screen.findByText('Nothing is sent to this live yet.')
  })

  it('is over: its host is asked what is to become of it, others go on', async () => {
    const api = fakeApi({
      'live.get': async () =>
        live({
          status: 'ended',
          audience: 'followers',
          viewer: { is_host: true, moderates: true },
          host: {
            source: 'browser',
            viewers_peak: 3,
            has_recording: true,
            recording_until: null,
            moderators: [],
            removed: [],
          },
        }),
      'live.comments': async () => [],
      'live.keep': async () => {
        throw new TintypeError('live_no_recording')
      },
    })
    const { user } = await open()
    await screen.findByText('Keep it as a video?')
    // Of an account that is open: a post has another audience than this live had.
    screen.getByText(/A post on your profile is for everyone/)
    await user.click(screen.getByRole('button', { name: 'Share the replay' }))
    await waitFor(() => expect(api.live.keep).toHaveBeenCalled())
    await screen.findByText('Nothing of this live is recorded any more.')
  })

  it('is not there for who may not see it', async () => {
    fakeApi({
      'live.get': async () => {
        throw new TintypeError('not_found')
      },
      'live.comments': async () => {
        throw new TintypeError('not_found')
      },
    })
    await open()
    await screen.findByRole('heading', { name: /not/i })
    expect(screen.queryByText('Low tide')).toBeNull()
  })
})
