import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { meNamed } from '../../testing/things.ts'

const HEIC = new Uint8Array([
  0,
  0,
  0,
  24,
  ...[...'ftypheic\0\0\0\0mif1heic'].map((c) => c.charCodeAt(0)),
  1,
  2,
  3,
])
const ben = meNamed('ben')
const sent = vi.fn(async (_url: string, _init: RequestInit) => new Response())

/** A browser that cannot decode what it is given. */
beforeEach(() => {
  HTMLImageElement.prototype.decode = () => Promise.reject(new DOMException('cannot', 'EncodingError'))
  URL.createObjectURL = () => 'blob:a'
  URL.revokeObjectURL = () => undefined
  vi.stubGlobal('fetch', sent)
})
afterEach(() => {
  Reflect.deleteProperty(HTMLImageElement.prototype, 'decode')
  vi.unstubAllGlobals()
  sent.mockClear()
})

async function choose(file: File) {
  const view = await renderRoute('/settings/profile', { me: ben })
  fireEvent.change(await screen.findByLabelText('Profile picture'), { target: { files: [file] } })
  return view
}

describe('a profile picture that the browser cannot decode', () => {
  it('is sent as it is where the server can, and shown as it comes back', async () => {
    const ticket = {
      upload_id: 'u1',
      url: '/objects/u1',
      method: 'PUT',
      headers: {},
      expires_at: '',
      multipart: null,
    }
    let isReady = false
    const api = fakeApi({
      'media.requestUploads': async () => ({ uploads: [ticket] }),
      'members.update': async () => ben,
      'members.me': async () => {
        const profile_picture = isReady ? '/media/new/150x150-0.webp' : null
        isReady = true
        return { ...ben, profile_picture }
      },
    })
    const { user, container } = await choose(new File([HEIC], 'IMG_1.HEIC'))
    expect(await screen.findByText(/cannot show this kind of picture/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Use picture' }))
    expect(await screen.findByText('Picture changed')).toBeDefined()
    expect(vi.mocked(api.media.requestUploads).mock.calls[0]?.[0].body?.files).toEqual([
      { content_type: 'image/heic', size: HEIC.length },
    ])
    const body = sent.mock.calls[0]?.[1].body as Blob
    expect(new Uint8Array(await body.arrayBuffer())).toEqual(HEIC)
    expect(api.members.update).toHaveBeenCalledWith({ body: { avatar_upload_id: 'u1' } })
    await waitFor(() =>
      expect(container.querySelector('img[src="/media/new/150x150-0.webp"]')).not.toBeNull(),
    )
  })

  it.each([
    ['no picture', new File(['hello'], 'photo.heic', { type: 'image/heic' })],
    ['a damaged JPEG', new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], 'a.jpg', { type: 'image/jpeg' })],
  ])('is refused where it is %s', async (_, file) => {
    fakeApi({})
    await choose(file)
    expect(await screen.findByText('This file could not be read as a picture.')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Use picture' })).toHaveProperty('disabled', true)
  })
})
