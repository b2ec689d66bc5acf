import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

interface Options {
  /** Bytes, gzipped. */
  budget: number
  /** Bytes as they are evaluated, of one file: `start.js` gives the browser time for its reader between two of them. */
  largest: number
  /** Source paths, below the root, whose chunks and static imports count as initial. */
  entries: string[]
}

interface Chunk {
  fileName: string
  code: string
  imports: string[]
}

/** All files that load before the screens of `entries` can show, each once. */
export function initialChunks(chunks: Map<string, Chunk>, roots: string[]): Chunk[] {
  const found = new Map<string, Chunk>()
  const visit = (name: string) => {
    const chunk = chunks.get(name)
    if (!chunk || found.has(name)) return
    found.set(name, chunk)
    for (const imported of chunk.imports) visit(imported)
  }
  for (const root of roots) visit(root)
  return [...found.values()]
}

/** Fails the build when the JavaScript needed for the first screen is larger than `budget`. */
export function checkSize({ budget, largest, entries }: Options): Plugin {
  return {
    name: 'tintype:check-size',
    apply: 'build',
    generateBundle(output, bundle) {
      if (!output.dir) return
      const chunks = new Map<string, Chunk>()
      const roots: string[] = []
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue
        chunks.set(file.fileName, file)
        const source = file.facadeModuleId ?? ''
        if (file.isEntry || entries.some((entry) => source.endsWith(entry))) roots.push(file.fileName)
      }
      const initial = initialChunks(chunks, roots)
      const size = initial.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0)
      const text = `initial JS ${(size / 1024).toFixed(1)} KB gzip of ${(budget / 1024).toFixed(0)} KB`
      if (size > budget) this.error(`${text}: ${initial.map((chunk) => chunk.fileName).join(', ')}`)
      const tooLarge = initial.filter((chunk) => chunk.code.length > largest)
      for (const { fileName, code } of tooLarge)
        this.error(`${fileName} has ${code.length} bytes to evaluate at once, of ${largest}`)
      console.log(text)
    },
  }
}
