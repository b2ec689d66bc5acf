import { expect, it } from 'vitest'
import { initialChunks } from './check-size.ts'

it('counts what the first screen imports, each file once, and nothing that is loaded later', () => {
  const chunk = (fileName: string, imports: string[] = []) =>
    [fileName, { fileName, code: '', imports }] as const
  const chunks = new Map([
    chunk('index.js', ['vendor.js', 'base.js']),
    chunk('home.js', ['base.js', 'list.js']),
    chunk('base.js', ['vendor.js']),
    chunk('list.js', ['base.js']),
    chunk('vendor.js'),
    chunk('settings.js', ['base.js']),
  ])
  const names = initialChunks(chunks, ['index.js', 'home.js']).map((one) => one.fileName)
  expect(names.toSorted()).toEqual(['base.js', 'home.js', 'index.js', 'list.js', 'vendor.js'])
})
