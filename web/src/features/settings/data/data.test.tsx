import { screen, waitFor } from '@testing-library/react'
import type { Export } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed } from '../../../testing/things.ts'
import { sizeText } from './size-text.ts'

const open = () => renderRoute('/settings/data', { me: meNamed('ben') })
const archive: Export = {
  export_id: '01910000-0000-7000-8000-000000000001' as Export['export_id'],
  state: 'waiting',
  done: 0,
  total: 40,
  size: 0,
  created_at: '2026-03-05T12:00:00.000Z',
  finished_at: null,
  expires_at: null,
}
const ready: Export = {
  ...archive,
  state: 'ready',
  done: 40,
  size: 1_234_567,
  expires_at: '2026-03-12T12:00:00.000Z',
}

describe('downloading one’s data', () => {
  it('is asked for, and shows how far it is', async () => {
    let exports: Export[] = []
    const api = fakeApi({
      'exports.list': async () => ({ exports }),
      'exports.create': async () => {
        exports = [{ ...archive, state: 'making', done: 10 }]
        return archive
      },
    })
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Make an archive' }))
    expect(api.exports.create).toHaveBeenCalledOnce()
    expect(await screen.findByText('Being made: 10 of 40')).toBeDefined()
    expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBe(10)
    // One at a time.
    expect(screen.queryByRole('button', { name: /Make/ })).toBeNull()
  })

  it('leads to the file, and is deleted when wanted', async () => {
    let exports = [ready]
    const api = fakeApi({
      'exports.list': async () => ({ exports }),
      'exports.link': async () => ({ url: '#the-file', expires_at: archive.created_at }),
      'exports.remove': async () => {
        exports = []
        return {}
      },
    })
    const { user } = await open()
    expect(await screen.findByText(/1.2 MB · deleted here on/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: /^Download the archive of/ }))
    await waitFor(() => expect(window.location.hash).toBe('#the-file'))
    await user.click(screen.getByRole('button', { name: /^Delete the archive of/ }))
    expect(api.exports.remove).toHaveBeenCalledWith({ params: { export_id: ready.export_id } })
    await waitFor(() => expect(screen.queryByText(/1.2 MB/)).toBeNull())
  })

  it('says that one could not be made, and offers another', async () => {
    fakeApi({ 'exports.list': async () => ({ exports: [{ ...archive, state: 'failed' }] }) })
    await open()
    expect(await screen.findByText(/could not be made/)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Make a new archive' })).toBeDefined()
  })
})

it.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1_500, '1.5 kB'],
  [3_000_000_000, '3 GB'],
  [4_000_000_000_000, '4,000 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
