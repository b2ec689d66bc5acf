import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const text = /\.(css|js|json|svg|txt|webmanifest)$/
/** Below this a compressed file saves no packet. */
const MIN_BYTES = 1024

/** Puts `.br` and `.gz` beside every text file of the build, for the server to send as they are. */
export function precompress(): Plugin {
  let dir: string | undefined
  return {
    name: 'tintype:precompress',
    apply: 'build',
    enforce: 'post',
    writeBundle(output) {
      dir = output.dir
    },
    // After all others: the service worker is written last.
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (!dir) return
        const files = await readdir(dir, { recursive: true, withFileTypes: true })
        const paths = files.filter((file) => file.isFile() && text.test(file.name))
        await Promise.all(paths.map((file) => compress(join(file.parentPath, file.name))))
      },
    },
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < MIN_BYTES) return
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 10,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    promisify(gzip)(bytes, { level: 9 }),
  ])
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipped)])
}
