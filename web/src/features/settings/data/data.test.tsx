import { screen, waitFor } from '@testing-library/react'
import { type Export, type Import, type ImportTicket, TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { page, renderRoute } from '../../../testing/render-route.tsx'
import { meNamed } from '../../../testing/things.ts'
import { beginSending, sendRest } from './send-archive.ts'
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
      'imports.list': async () => ({ imports: [] }),
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
      'imports.list': async () => ({ imports: [] }),
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
    fakeApi({
      'exports.list': async () => ({ exports: [{ ...archive, state: 'failed' }] }),
      'imports.list': async () => ({ imports: [] }),
    })
    await open()
    expect(await screen.findByText(/could not be made/)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Make a new archive' })).toBeDefined()
    expect(screen.queryByRole('button', { name: /^Download/ })).toBeNull()
    expect(screen.getByRole('button', { name: /^Delete the archive of/ })).toBeDefined()
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

const counts = { planned: 3, left_out: 1, known: 0, processing: 0, done: 0, failed: 0 }
const checked: Import = {
  import_id: '01910000-0000-7000-8000-000000000002' as Import['import_id'],
  state: 'checked',
  source: 'instagram',
  counts,
  size: 1000,
  failure_code: null,
  from: '2018-01-01T00:00:00.000Z',
  to: '2021-05-03T10:00:00.000Z',
  created_at: '2026-03-05T12:00:00.000Z',
}

describe('bringing posts along', () => {
  it('shows first what is in an archive and why some is left out, then imports it', async () => {
    let imports = [checked]
    const api = fakeApi({
      'exports.list': async () => ({ exports: [] }),
      'imports.list': async () => ({ imports }),
      'imports.items': async ({ query }) => ({
        items:
          query?.state === 'left_out'
            ? [
                {
                  number: 1,
                  kind: 'post',
                  state: 'left_out',
                  reason: 'file_missing',
                  caption: '',
                  files: ['media/lost.jpg'],
                  taken_at: checked.created_at,
                  post_id: null,
                },
              ]
            : [],
        next_cursor: null,
      }),
      'imports.run': async () => {
        imports = [{ ...checked, state: 'running', counts: { ...counts, planned: 2, done: 1 } }]
        return checked
      },
    })
    const { user } = await open()
    expect(await screen.findByText('3 items can be imported')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Why?' }))
    expect(await screen.findByText('media/lost.jpg')).toBeDefined()
    expect(screen.getByText('The file is not in this archive')).toBeDefined()
    // One at a time.
    expect(screen.queryByRole('button', { name: 'Choose a ZIP file' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText('Being imported: 1 of 3')).toBeDefined()
    expect(api.imports.run).toHaveBeenCalledWith({ params: { import_id: checked.import_id } })
  })

  it('says why an archive could not be read', async () => {
    fakeApi({
      'exports.list': async () => ({ exports: [] }),
      'imports.list': async () => ({
        imports: [
          { ...checked, state: 'failed', source: null, from: null, to: null, failure_code: 'import_empty' },
        ],
      }),
    })
    await open()
    expect(await screen.findByText('Nothing could be imported')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Choose a ZIP file' })).toBeDefined()
  })
})

describe('an import that goes wrong', () => {
  it('says so where the reasons cannot be read, and tries again', async () => {
    let answer = () => Promise.reject(new TintypeError('forbidden'))
    fakeApi({
      'exports.list': async () => ({ exports: [] }),
      'imports.list': async () => ({ imports: [checked] }),
      'imports.items': () => answer(),
    })
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Why?' }))
    const again = await screen.findByRole('button', { name: 'Try again' })
    answer = async () => page([]) as never
    await user.click(again)
    expect(await screen.findByRole('list', { name: 'Items left out or not imported' })).toBeDefined()
  })

  it('can be ended while it is looked through', async () => {
    const api = fakeApi({
      'exports.list': async () => ({ exports: [] }),
      'imports.list': async () => ({ imports: [{ ...checked, state: 'checking', from: null, to: null }] }),
      'imports.remove': async () => ({}),
    })
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    expect(api.imports.remove).toHaveBeenCalledOnce()
  })

  it('sends nothing more once it is stopped, and complains of nothing', async () => {
    const ticket: ImportTicket = {
      import: { ...checked, state: 'uploading', source: null, from: null, to: null },
      part_size: 2,
      parts: [1, 2].map((part_number) => ({ part_number, url: `/part/${part_number}` })),
    }
    const api = fakeApi({
      'exports.list': async () => ({ exports: [] }),
      'imports.list': async () => ({ imports: [] }),
      'imports.create': async () => ticket,
      'imports.remove': async () => ({}),
    })
    const signals: AbortSignal[] = []
    const put = vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
      const { signal } = init as { signal: AbortSignal }
      signals.push(signal)
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const { user } = await open()
    await user.upload(await screen.findByLabelText('Choose a ZIP file', { selector: 'input' }), [
      new File(['PK!'], 'a.zip', { type: 'application/zip' }),
    ])
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    await waitFor(() => expect(signals.map(({ aborted }) => aborted)).toEqual([true]))
    expect(api.imports.remove).toHaveBeenCalledOnce()
    expect(await screen.findByRole('button', { name: 'Choose a ZIP file' })).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
    put.mockRestore()
  })
})

describe('sending an archive', () => {
  const file = new Blob([new Uint8Array(25)])
  const ticket: ImportTicket = {
    import: checked,
    part_size: 10,
    parts: [1, 2, 3].map((part_number) => ({ part_number, url: `/part/${part_number}` })),
  }
  const sizesOf = (calls: unknown[][]) =>
    calls.map(([url, init]) => [url, ((init as RequestInit).body as Blob).size])

  it('sends each part once, also where it was cut off between', async () => {
    const api = fakeApi({ 'imports.create': async () => ticket, 'imports.check': async () => checked })
    const ending = new AbortController()
    const put = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
      if (String(url).endsWith('/2') && put.mock.calls.length === 2) ending.abort()
      if (ending.signal.aborted && put.mock.calls.length === 2) throw new Error('cut off')
      return new Response()
    })
    const sending = await beginSending(file)
    await expect(sendRest(sending, () => {}, ending.signal)).rejects.toThrow()
    expect([...sending.arrived]).toEqual([1])
    const seen: number[] = []
    await sendRest(sending, (bytes) => seen.push(bytes), new AbortController().signal)
    expect(sizesOf(put.mock.calls)).toEqual([
      ['/part/1', 10],
      ['/part/2', 10],
      ['/part/2', 10],
      ['/part/3', 5],
    ])
    expect(seen).toEqual([10, 20, 25])
    expect(api.imports.check).toHaveBeenCalledOnce()
    put.mockRestore()
  })
})
