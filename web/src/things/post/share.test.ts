import type { PostId } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dismissToast, toasts } from '../../ui/toast.ts'
import { copyText, postUrl, shareLink } from './share.ts'

const id = 'p1' as PostId
const said = () => toasts.get().map(({ text }) => text)
const writeText = vi.fn(async (_text: string) => undefined)
const share = vi.fn(async (_data: ShareData) => undefined)
/** A finger, or a mouse. */
const pointer = (kind: 'coarse' | 'fine') =>
  vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: kind === 'coarse' } as MediaQueryList)

beforeEach(() => {
  for (const { id: shown } of toasts.get()) dismissToast(shown)
  writeText.mockReset()
  share.mockReset()
  Object.assign(navigator, { share })
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
})
afterEach(() => {
  Reflect.deleteProperty(navigator, 'share')
  Reflect.deleteProperty(navigator, 'clipboard')
})

describe('sharing a post', () => {
  it('opens the sheet of a phone', async () => {
    pointer('coarse')
    await shareLink(postUrl(id), 'ana on Tintype')
    expect(share).toHaveBeenCalledWith({ url: postUrl(id), title: 'ana on Tintype' })
    expect(writeText).not.toHaveBeenCalled()
  })

  it('says nothing when the sheet is closed again', async () => {
    pointer('coarse')
    share.mockRejectedValue(new DOMException('closed', 'AbortError'))
    await shareLink(postUrl(id), 'ana on Tintype')
    expect(said()).toEqual([])
  })

  it('copies the link on a desktop, and where there is no sheet', async () => {
    pointer('fine')
    await shareLink(postUrl(id), 'ana on Tintype')
    pointer('coarse')
    Reflect.deleteProperty(navigator, 'share')
    await shareLink(postUrl(id), 'ana on Tintype')
    expect(writeText.mock.calls).toEqual([[postUrl(id)], [postUrl(id)]])
    expect(said()).toHaveLength(1)
  })
})

it('shows what cannot be copied, to be copied by hand', async () => {
  writeText.mockRejectedValue(new DOMException('not allowed', 'NotAllowedError'))
  await copyText('http://tintype.example/p/p1')
  expect(said()).toEqual(['http://tintype.example/p/p1'])
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })
  await copyText('on plain http')
  expect(said()).toContain('on plain http')
})
