import { fireEvent, screen, waitFor } from '@testing-library/react'
import { TintypeError, type UploadId } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { meNamed } from '../../testing/things.ts'
import { putBytes } from '../../upload/put.ts'

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
vi.mock('../../upload/put.ts', () => ({ putBytes: vi.fn(async () => undefined) }))
vi.mock('../../upload/hasher.ts', () => ({ createHasher: () => async () => 'f00d' }))
const sent = vi.mocked(putBytes)

/** A browser that cannot decode what it is given, unless a test says otherwise. */
beforeEach(() => {
  HTMLImageElement.prototype.decode = () => Promise.reject(new DOMException('cannot', 'EncodingError'))
  URL.createObjectURL = () => 'blob:a'
  URL.revokeObjectURL = () => undefined
  sent.mockReset()
})
afterEach(() => Reflect.deleteProperty(HTMLImageElement.prototype, 'decode'))

async function choose(file: File) {
  const view = await renderRoute('/settings/profile', { me: ben })
  fireEvent.change(await screen.findByLabelText('Profile picture'), { target: { files: [file] } })
  return view
}

const ticket = {
  upload_id: 'u1' as UploadId,
  url: '/objects/u1',
  method: 'PUT' as const,
  headers: { 'content-type': 'image/jpeg' },
  expires_at: '',
  multipart: null,
}
/** A server that shows the new picture when it is asked for the second time. */
function server() {
  let isReady = false
  return {
    'media.requestUploads': async () => ({ uploads: [ticket] }),
    'members.update': async () => ben,
    'members.me': async () => {
      const profile_picture = isReady ? '/media/new/150x150-0.webp' : null
      isReady = true
      return { ...ben, profile_picture }
    },
  }
}

describe('a profile picture', () => {
  /** A browser that can: a picture of 1600 by 800, and a canvas that gives what it is asked for. */
  function canDecode() {
    HTMLImageElement.prototype.decode = async () => undefined
    vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockReturnValue(1600)
    vi.spyOn(HTMLImageElement.prototype, 'naturalHeight', 'get').mockReturnValue(800)
    const drawImage = vi.fn()
    const context = { fillRect: () => {}, drawImage } as never
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context)
    HTMLCanvasElement.prototype.toBlob = (done, type) => done(new Blob(['cut'], { type }))
    return drawImage
  }
  const photo = new File(['photo'], 'a.jpg', { type: 'image/jpeg' })

  it('is placed by keys and slider, cut, sent and shown', async () => {
    const drawImage = canDecode()
    const api = fakeApi(server())
    const { user, container } = await choose(photo)
    const frame = await screen.findByRole('application', { name: 'Picture, arrow keys move it' })
    fireEvent.change(screen.getByRole('slider', { name: 'Zoom' }), { target: { value: '2' } })
    frame.focus()
    await user.keyboard('{ArrowRight}')
    await user.click(screen.getByRole('button', { name: 'Use picture' }))
    expect(await screen.findByText('Picture changed')).toBeDefined()
    // The middle half of 800 by 800, and a twentieth of that to the right.
    expect(drawImage.mock.calls[0]?.slice(1, 5)).toEqual([620, 200, 400, 400])
    expect(api.members.update).toHaveBeenCalledWith({ body: { avatar_upload_id: 'u1' } })
    expect(sent.mock.calls[0]?.[0]).toBe('/objects/u1')
    await waitFor(() =>
      expect(container.querySelector('img[src="/media/new/150x150-0.webp"]')).not.toBeNull(),
    )
    Reflect.deleteProperty(HTMLCanvasElement.prototype, 'toBlob')
  })

  it('that is refused stays to be tried again, with the reason', async () => {
    canDecode()
    const api = fakeApi({
      ...server(),
      'media.requestUploads': () => Promise.reject(new TintypeError('media_too_large')),
      'media.cancelUpload': async () => undefined,
    })
    const { user } = await choose(photo)
    await user.click(await screen.findByRole('button', { name: 'Use picture' }))
    expect(await screen.findByText(new TintypeError('media_too_large').message)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Use picture' })).toHaveProperty('disabled', false)
    expect(api.members.update).not.toHaveBeenCalled()
    Reflect.deleteProperty(HTMLCanvasElement.prototype, 'toBlob')
  })

  it('is taken away', async () => {
    const withPicture = { ...ben, profile_picture: '/media/old.webp' }
    const api = fakeApi({ 'members.update': async () => ben })
    const { user } = await renderRoute('/settings/profile', { me: withPicture })
    await user.click(await screen.findByRole('button', { name: 'Remove picture' }))
    await waitFor(() => expect(api.members.update).toHaveBeenCalledWith({ body: { avatar_upload_id: null } }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove picture' })).toBeNull())
  })
})

describe('a profile picture that the browser cannot decode', () => {
  it('is sent as it is where the server can, and shown as it comes back', async () => {
    const api = fakeApi(server())
    const { user, container } = await choose(new File([HEIC], 'IMG_1.HEIC'))
    expect(await screen.findByText(/cannot show this kind of picture/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Use picture' }))
    expect(await screen.findByText('Picture changed')).toBeDefined()
    expect(vi.mocked(api.media.requestUploads).mock.calls[0]?.[0].body?.files).toEqual([
      { content_type: 'image/heic', size: HEIC.length, sha256: 'f00d' },
    ])
    const body = sent.mock.calls[0]?.[1] as Blob
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
